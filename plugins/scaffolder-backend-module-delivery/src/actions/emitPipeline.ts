import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { goldenPathNames } from '../manifests/names';
import { pipelineManifest } from '../manifests/pipeline';
import { manifestYaml } from '../manifests/yaml';
import { examples } from './emitPipeline.examples';
import { fields } from './schemas';
import { validatePlaces, validNames } from './validate';
import { writeToWorkspace } from './write';

/** `delivery:pipeline:emit`: writes the CICDPipeline manifest into the workspace. */
export function createEmitPipelineAction() {
  return createTemplateAction({
    id: 'delivery:pipeline:emit',
    description:
      'Writes the CICDPipeline manifest of an application into the workspace',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: fields.name,
        namespace: fields.namespace,
        git: fields.git,
        aws: z =>
          z
            .object({
              region: z.string(),
              accountId: z
                .string()
                .regex(/^\d{12}$/)
                .describe('Twelve digits'),
              resourcePrefix: z
                .string()
                .optional()
                .describe(
                  'First part of names in ECR and IAM. Default: `peeks`',
                ),
              clusterName: z
                .string()
                .optional()
                .describe('EKS cluster of the pipelines'),
              deployClusterName: z
                .string()
                .optional()
                .describe('EKS cluster of the applications'),
            })
            .describe('Where images and resources are'),
        hubHostname: z =>
          z
            .string()
            .describe('Host on which the Git server reaches the webhook'),
        dockerfilePath: z =>
          z
            .string()
            .optional()
            .describe('Folder of the Dockerfile. Default: `.`'),
        deploymentPath: z =>
          z
            .string()
            .optional()
            .describe('Folder of dev/ and prod/. Default: `./deployment`'),
        hubServer: fields.hubServer,
        argoCdNamespace: z =>
          z
            .string()
            .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
            .optional()
            .describe(
              'Namespace of Argo CD: output `argoCdNamespace` of `delivery:app:check`. Default: `argocd`',
            ),
        environments: fields.environments,
        targetPath: z =>
          z
            .string()
            .optional()
            .describe('File to write. Default: `pipeline/cicdpipeline.yaml`'),
      },
      output: {
        manifest: z => z.string().describe('The manifest as YAML'),
        path: z => z.string().describe('The file, relative to the workspace'),
        instanceName: z => z.string().describe('Name of the CICDPipeline'),
        instanceNamespace: z =>
          z.string().describe('Namespace of the CICDPipeline'),
        image: z =>
          z.string().describe('Repository of the image in ECR, without a tag'),
      },
    },
    async handler(ctx) {
      const { targetPath = 'pipeline/cicdpipeline.yaml', argoCdNamespace } =
        ctx.input;
      const names = validNames(ctx.input, argoCdNamespace);
      validatePlaces({ ...ctx.input, ...names }, argoCdNamespace);
      const pipeline = pipelineManifest({ ...ctx.input, ...names });
      const manifest = manifestYaml(pipeline, [
        `The pipeline of ${names.name}: from git push to dev and prod.`,
        'Argo CD applies this file; kro makes the workflows, the trigger, the registries and the Argo CD applications.',
      ]);
      await writeToWorkspace(ctx.workspacePath, targetPath, manifest);
      ctx.logger.info(`Wrote ${targetPath}`);

      const { accountId, region, resourcePrefix } = pipeline.spec.aws;
      ctx.output('manifest', manifest);
      ctx.output('path', targetPath);
      ctx.output('instanceName', goldenPathNames(names.name).instance);
      ctx.output('instanceNamespace', names.namespace);
      ctx.output(
        'image',
        `${accountId}.dkr.ecr.${region}.amazonaws.com/${resourcePrefix}/${names.name}`,
      );
    },
  });
}
