import { z } from 'zod';
import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesObject } from '../cluster/manifests.ts';

const keyRef = z.object({ name: z.string(), key: z.string() });

const containerSchema = z.looseObject({
  name: z.string(),
  env: z
    .array(
      z.looseObject({
        name: z.string(),
        value: z.string().optional(),
        valueFrom: z
          .looseObject({
            configMapKeyRef: keyRef.optional(),
            secretKeyRef: keyRef.optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  envFrom: z
    .array(
      z.looseObject({
        configMapRef: z.looseObject({ name: z.string() }).optional(),
        secretRef: z.looseObject({ name: z.string() }).optional(),
      }),
    )
    .default([]),
});

const podSpecSchema = z.looseObject({
  initContainers: z.array(containerSchema).default([]),
  containers: z.array(containerSchema),
});

/** Container in which Argo runs what a step says. */
export const MAIN_CONTAINER = 'main';

function contents(
  object: KubernetesObject | undefined,
): Record<string, string> {
  const data = (object?.data ?? {}) as Record<string, string>;
  return object?.kind === 'Secret'
    ? Object.fromEntries(
        Object.entries(data).map(([key, value]) => [
          key,
          Buffer.from(value, 'base64').toString('utf8'),
        ]),
      )
    : data;
}

/**
 * The environment that a step's container, or one that prepares it, would see: what is played uses that, and nothing
 * else.
 */
export async function stepEnvironment(
  cluster: Cluster,
  pod: KubernetesObject,
): Promise<Record<string, string | undefined>> {
  const { namespace } = pod.metadata;
  const { initContainers, containers } = podSpecSchema.parse(pod.spec);
  const environment: Record<string, string | undefined> = {};
  const load = async (kind: 'ConfigMap' | 'Secret', name: string) =>
    contents(
      await cluster.read({
        apiVersion: 'v1',
        kind,
        metadata: { name, namespace },
      }),
    );
  const main = containers.filter(({ name }) => name === MAIN_CONTAINER);
  for (const { env, envFrom } of [...initContainers, ...main]) {
    for (const { configMapRef, secretRef } of envFrom) {
      if (configMapRef) {
        Object.assign(environment, await load('ConfigMap', configMapRef.name));
      }
      if (secretRef) {
        Object.assign(environment, await load('Secret', secretRef.name));
      }
    }
    for (const { name, value, valueFrom } of env) {
      const { configMapKeyRef: config, secretKeyRef: secret } = valueFrom ?? {};
      if (value !== undefined) {
        environment[name] = value;
      } else if (config) {
        environment[name] = (await load('ConfigMap', config.name))[config.key];
      } else if (secret) {
        environment[name] = (await load('Secret', secret.name))[secret.key];
      }
    }
  }
  return environment;
}
