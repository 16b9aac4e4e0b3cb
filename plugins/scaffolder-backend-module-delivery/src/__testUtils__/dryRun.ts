import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { parse } from 'yaml';
import scaffolderModuleDelivery from '..';

/** The template that this repository ships. */
export const TEMPLATE = resolve(__dirname, '../../../../templates/create-app');

/** What became of a dry run. */
export interface DryRun {
  status: number;
  files: Record<string, string>;
  output: any;
  /** Ids of the steps that ran or would have run. */
  steps: string[];
  body: any;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory).flatMap(name => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/**
 * The real scaffolder with the delivery module, for dry runs of the template.
 *
 * @param parameters - `scaffolder.defaultEnvironment.parameters`
 * @param delivery - settings of the delivery plugins
 */
export async function startScaffolder(
  parameters: Record<string, string>,
  delivery?: { clusters: Array<{ name: string; argoCdNamespace: string }> },
) {
  const { server } = await startTestBackend({
    features: [
      import('@backstage/plugin-scaffolder-backend'),
      import('@backstage/plugin-scaffolder-backend-module-gitea'),
      import('@backstage/plugin-scaffolder-backend-module-github'),
      scaffolderModuleDelivery,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            gitea: [
              {
                host: '127.0.0.1:3000',
                baseUrl: 'http://127.0.0.1:3000',
                username: 'robot',
                password: 'very-secret',
              },
            ],
            github: [{ host: 'github.com', token: 'very-secret' }],
          },
          scaffolder: { defaultEnvironment: { parameters } },
          ...(delivery && { delivery }),
        },
      }),
    ],
  });

  return async function dryRun(values: object): Promise<DryRun> {
    const response = await request(server)
      .post('/api/scaffolder/v2/dry-run')
      .send({
        template: parse(readFileSync(join(TEMPLATE, 'template.yaml'), 'utf8')),
        values,
        directoryContents: filesBelow(TEMPLATE).map(path => ({
          path: relative(TEMPLATE, path),
          base64Content: readFileSync(path).toString('base64'),
        })),
      });
    const { body, status } = response;
    const skipped = new Set(
      (body.log ?? [])
        .filter((entry: any) =>
          /if condition was false/.test(entry.body.message),
        )
        .map((entry: any) => entry.body.stepId),
    );
    return {
      status,
      body,
      output: body.output,
      steps: (body.steps ?? [])
        .map((step: any) => step.id)
        .filter((id: string) => !skipped.has(id)),
      files: Object.fromEntries(
        (body.directoryContents ?? []).map((file: any) => [
          file.path,
          Buffer.from(file.base64Content, 'base64').toString('utf8'),
        ]),
      ),
    };
  };
}
