import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { applicationManifest, Component } from '../manifests/application';
import { manifestYaml } from '../manifests/yaml';
import { examples } from './emitApplication.examples';
import { fields } from './schemas';
import { validNames } from './validate';
import { writeToWorkspace } from './write';

/** `delivery:application:emit`: writes the OAM Application of one environment into the workspace. */
export function createEmitApplicationAction() {
  return createTemplateAction({
    id: 'delivery:application:emit',
    description:
      'Writes the OAM Application of one environment, made of a service, a table, an ingress and IAM, into the workspace',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: fields.name,
        environment: z => z.enum(['dev', 'prod']),
        components: z => {
          // Made anew for every use: of a shared one the JSON schema has a $ref, which the scaffolder cannot follow.
          const enabled = () =>
            z
              .boolean()
              .optional()
              .describe('Whether it is wanted. Default: true');
          const keyType = () =>
            z
              .enum(['S', 'N', 'B'])
              .optional()
              .describe('String, number or binary. Default: S');
          return z
            .array(
              z.discriminatedUnion('type', [
                z.object({
                  type: z.literal('service'),
                  enabled: enabled(),
                  image: z
                    .string()
                    .describe('Repository of the image, without a tag'),
                  port: z
                    .number()
                    .int()
                    .min(1024)
                    .max(65535)
                    .describe('Port on which the container listens'),
                  replicas: z
                    .number()
                    .int()
                    .min(0)
                    .optional()
                    .describe('Default: 1'),
                  env: z
                    .record(z.string())
                    .optional()
                    .describe('Environment variables; no secrets'),
                }),
                z.object({
                  type: z.literal('table'),
                  enabled: enabled(),
                  region: z.string(),
                  partitionKey: z.string().min(1),
                  partitionKeyType: keyType(),
                  sortKey: z.string().min(1).optional(),
                  sortKeyType: keyType(),
                }),
                z.object({
                  type: z.literal('ingress'),
                  enabled: enabled(),
                  domain: z.string().min(1),
                  path: z
                    .string()
                    .regex(/^\//)
                    .optional()
                    .describe('Default: `/<name>`'),
                }),
                z.object({
                  type: z.literal('iam'),
                  enabled: enabled(),
                  clusterName: z
                    .string()
                    .optional()
                    .describe(
                      'EKS cluster whose Pod Identity hands the policy to the service',
                    ),
                }),
              ]),
            )
            .describe('What the application is made of, at most one of a type');
        },
        targetPath: z =>
          z
            .string()
            .optional()
            .describe(
              'File to write. Default: `deployment/<environment>/application.yaml`',
            ),
      },
      output: {
        manifest: z => z.string().describe('The manifest as YAML'),
        path: z => z.string().describe('The file, relative to the workspace'),
      },
    },
    async handler(ctx) {
      const { environment, components } = ctx.input;
      const { targetPath = `deployment/${environment}/application.yaml` } =
        ctx.input;
      const { name } = validNames({ name: ctx.input.name });
      const manifest = manifestYaml(
        applicationManifest({
          name,
          environment,
          components: components as Component[],
        }),
        [
          `What runs in ${environment}.`,
          environment === 'dev'
            ? 'The pipeline writes the image after every build of main, and removes the hook with the first one.'
            : 'A promotion writes the image that was proven in dev, and removes the hook with the first one.',
        ],
      );
      await writeToWorkspace(ctx.workspacePath, targetPath, manifest);
      ctx.logger.info(`Wrote ${targetPath}`);
      ctx.output('manifest', manifest);
      ctx.output('path', targetPath);
    },
  });
}
