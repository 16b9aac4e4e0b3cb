import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';
import { parse } from 'yaml';
import scaffolderModuleDelivery from '..';
import { TEMPLATE } from './dryRun';

/** How a task of the scaffolder ended. */
export interface TaskEnd {
  status: string;
  /** What was logged, by step. */
  log: Array<{ step?: string; message: string }>;
  output: any;
}

/** Asks until there is an answer; what was seen last is in the error. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  seconds: number,
  seen: () => unknown = () => undefined,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    await sleep(250);
  }
  throw new Error(
    `${what}: not within ${seconds} s; last seen ${JSON.stringify(seen())}`,
  );
}

/**
 * Scaffolder and catalog of a portal on the local platform, with the template of
 * this repository.
 *
 * @param platform - data folder of the local platform
 * @param overrides - configuration that differs from the platform's
 * @param features - what else the portal has
 */
export async function startPortal(
  platform: string,
  overrides: object = {},
  features: BackendFeature[] = [],
) {
  const config = parse(readFileSync(join(platform, 'app-config.yaml'), 'utf8'));
  const { server } = await startTestBackend({
    features: [
      import('@backstage/plugin-catalog-backend'),
      import(
        '@backstage/plugin-catalog-backend-module-scaffolder-entity-model'
      ),
      import('@backstage/plugin-scaffolder-backend'),
      import('@backstage/plugin-scaffolder-backend-module-gitea'),
      import('@backstage/plugin-scaffolder-backend-module-github'),
      scaffolderModuleDelivery,
      ...features,
      mockServices.rootConfig.factory({
        data: {
          ...config,
          backend: { ...config.backend, baseUrl: 'http://localhost' },
          catalog: {
            rules: [{ allow: ['Component', 'Template'] }],
            locations: [
              { type: 'file', target: join(TEMPLATE, 'template.yaml') },
            ],
          },
          ...overrides,
        },
      }),
    ],
  });

  const entity = async (ref: string) => {
    const [kind, name] = ref.split(':default/');
    const { body, status } = await request(server).get(
      `/api/catalog/entities/by-name/${kind}/default/${name}`,
    );
    return status === 200 ? body : undefined;
  };
  await eventually(
    'the template in the catalog',
    () => entity('template:default/create-app'),
    60,
  );

  return {
    server,
    entity,
    async createApp(values: object): Promise<TaskEnd> {
      const created = await request(server)
        .post('/api/scaffolder/v2/tasks')
        .send({ templateRef: 'template:default/create-app', values });
      if (created.status !== 201) {
        throw new Error(JSON.stringify(created.body));
      }
      const task = `/api/scaffolder/v2/tasks/${created.body.id}`;
      const status = await eventually(
        `task ${created.body.id}`,
        async () => {
          const { body } = await request(server).get(task);
          return ['completed', 'failed'].includes(body.status)
            ? (body.status as string)
            : undefined;
        },
        90,
      );
      const { body: events } = await request(server).get(`${task}/events`);
      return {
        status,
        log: events.map((event: any) => ({
          step: event.body.stepId,
          message: event.body.message,
        })),
        output: events.find((event: any) => event.type === 'completion')?.body
          .output,
      };
    },
  };
}
