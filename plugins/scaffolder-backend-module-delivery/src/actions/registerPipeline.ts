import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Clusters, KINDS } from '../kubernetes/Cluster';
import { registrationManifests } from '../manifests/registration';
import { manifestYaml } from '../manifests/yaml';
import { examples } from './registerPipeline.examples';
import { fields } from './schemas';
import { validatePlaces, validNames } from './validate';

/**
 * `delivery:pipeline:register`: tells Argo CD to follow the pipeline in a repository.
 *
 * @remarks
 * Two server-side applies, each behind a checkpoint, both of them repeatable. It
 * waits for nothing: what comes of it is on the Delivery tab.
 *
 * @param options - where to register
 */
export function createRegisterPipelineAction(options: { clusters: Clusters }) {
  return createTemplateAction({
    id: 'delivery:pipeline:register',
    description:
      'Makes Argo CD follow the pipeline of a repository: applies its AppProject and Application',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: fields.name,
        namespace: fields.namespace,
        repositoryUrl: z =>
          z
            .string()
            .url()
            .describe('Address at which Argo CD clones the repository'),
        pipelinePath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the pipeline in the repository. Default: `pipeline`',
            ),
        cluster: fields.cluster,
        hubServer: fields.hubServer,
        environments: fields.environments,
      },
      output: {
        applicationName: z => z.string().describe('Argo CD Application'),
        projectName: z => z.string().describe('Argo CD AppProject'),
        namespace: z => z.string().describe('Namespace of the team'),
      },
    },
    async handler(ctx) {
      const { repositoryUrl, pipelinePath, hubServer, environments } =
        ctx.input;
      const argoCdNamespace = options.clusters.argoCdNamespace(
        ctx.input.cluster,
      );
      const names = validNames(ctx.input, argoCdNamespace);
      const target = { ...names, hubServer, environments };
      validatePlaces(target, argoCdNamespace);
      const manifests = registrationManifests({
        ...target,
        repositoryUrl,
        pipelinePath,
        argoCdNamespace,
      });

      if (ctx.isDryRun) {
        ctx.logger.info(
          `Dry run: this would be applied\n${manifestYaml(
            manifests.project,
          )}---\n${manifestYaml(manifests.application)}`,
        );
      } else {
        const cluster = await options.clusters.get(ctx.input.cluster);
        for (const [kind, manifest] of [
          [KINDS.project, manifests.project],
          [KINDS.application, manifests.application],
        ] as const) {
          const { namespace, name } = manifest.metadata;
          await ctx.checkpoint({
            key: `apply.${cluster.name}.${kind.plural}.${namespace}.${name}`,
            fn: () => cluster.apply(kind, manifest),
          });
          ctx.logger.info(`Applied ${kind.kind} ${namespace}/${name}`);
        }
      }
      ctx.output('applicationName', manifests.application.metadata.name);
      ctx.output('projectName', manifests.project.metadata.name);
      ctx.output('namespace', names.namespace);
    },
  });
}
