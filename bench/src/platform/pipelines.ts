import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import type { ApiServer } from '@golden-path/local-platform/src/cluster/ApiServer.ts';
import { root } from '../root.ts';
import { resourcePath, type WrittenObject } from './resources.ts';

/** Name of the application that was recorded, everywhere in its objects. */
const RECORDED = /recorded/g;
const UID = /00000000-0000-4000-8000-\d{12}/g;
/** Pipelines that are written at the same time. */
const PARALLEL = 16;

const template = readFileSync(
  join(root, 'bench/fixtures/pipeline.json'),
  'utf8',
);

/** How many objects one pipeline is, its namespaces not counted. */
export const OBJECTS_PER_PIPELINE = JSON.parse(template).length as number;

/** One application whose pipeline is in the cluster. */
export interface Pipeline {
  app: string;
  entity: Entity;
  /** Its newest Workflow. */
  workflow: WrittenObject;
}

export const appName = (number: number) =>
  `app-${String(number).padStart(5, '0')}`;

/** The catalog entity of an application, for both plugins. */
export function entityOf(app: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: app,
      namespace: 'default',
      annotations: {
        'kro.run/resource-group': 'cicdpipeline.kro.run',
        'kro.run/instance-name': `${app}-cicd-pipeline`,
        'kro.run/instance-namespace': `team-${app}`,
        'argocd/app-name': `${app}-cicd`,
        'backstage.io/kubernetes-label-selector': `app.kubernetes.io/name=${app}`,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
  };
}

/**
 * Writes pipelines with all of their children, as recorded from a real one: owner
 * references, kro's labels, status.
 */
export async function writePipelines(
  api: ApiServer,
  numbers: readonly number[],
  progress: (written: number) => void = () => {},
): Promise<Pipeline[]> {
  const written: Pipeline[] = [];
  const waiting = [...numbers];
  const work = async () => {
    for (
      let next = waiting.shift();
      next !== undefined;
      next = waiting.shift()
    ) {
      written.push(await writePipeline(api, appName(next)));
      progress(written.length);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return written;
}

async function writePipeline(api: ApiServer, app: string): Promise<Pipeline> {
  const objects = JSON.parse(
    template.replace(RECORDED, app),
  ) as WrittenObject[];
  for (const name of new Set(objects.map(it => it.metadata.namespace!))) {
    if (name !== 'argocd') {
      await api.call({
        method: 'POST',
        path: '/api/v1/namespaces',
        body: { metadata: { name } },
      });
    }
  }
  // The API server gives new uids; owners come before what they own.
  const uids = new Map<string, string>();
  let workflow: WrittenObject | undefined;
  for (const object of objects) {
    const { uid, ...metadata } = object.metadata;
    const created = await write(
      api,
      JSON.parse(
        JSON.stringify({ ...object, metadata }).replace(
          UID,
          old => uids.get(old) ?? old,
        ),
      ),
    );
    uids.set(uid!, created.metadata.uid!);
    if (object.kind === 'Workflow') {
      workflow ??= { ...created, apiVersion: object.apiVersion };
    }
  }
  return { app, entity: entityOf(app), workflow: workflow! };
}

/** Makes an object; its status as well where that is a resource of its own. */
async function write(
  api: ApiServer,
  object: WrittenObject,
): Promise<WrittenObject> {
  const created = await api.call<WrittenObject>({
    method: 'POST',
    path: resourcePath(object),
    body: object,
  });
  if (!object.status || created.status?.conditions) {
    return created;
  }
  if (JSON.stringify(created.status) === JSON.stringify(object.status)) {
    return created;
  }
  return api.call<WrittenObject>({
    method: 'PUT',
    path: `${resourcePath(object)}/${object.metadata.name}/status`,
    body: { ...created, status: object.status },
  });
}
