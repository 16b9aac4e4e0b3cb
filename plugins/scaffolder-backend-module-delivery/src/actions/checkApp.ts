import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { parse } from 'yaml';
import {
  GitHost,
  GitHosts,
  repositoryAddresses,
  RepositoryState,
} from '../git/GitHost';
import { Cluster, Clusters, KINDS } from '../kubernetes/Cluster';
import { EnvironmentsInput, goldenPathNames } from '../manifests/names';
import { registrationManifests } from '../manifests/registration';
import { examples } from './checkApp.examples';
import { fields } from './schemas';
import { validatePlaces, validNames } from './validate';

interface Target {
  name: string;
  namespace: string;
  hubServer?: string;
  environments?: EnvironmentsInput;
}

/**
 * `delivery:app:check`: everything that could stop an application halfway, tried
 * before anything is made.
 *
 * @param options - what the check asks
 */
export function createCheckAppAction(options: {
  catalog: CatalogService;
  clusters: Clusters;
  gitHosts: GitHosts;
}) {
  const { catalog, clusters, gitHosts } = options;
  return createTemplateAction({
    id: 'delivery:app:check',
    description:
      'Checks that an application can be made: names, catalog, Git host, cluster and the rights to register it. Changes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: fields.name,
        namespace: fields.namespace,
        gitHost: z =>
          z.string().describe('Host of the Git server as in `integrations`'),
        gitOwner: z =>
          z.string().describe('Organisation that will own the repository'),
        cluster: fields.cluster,
        hubServer: fields.hubServer,
        environments: fields.environments,
      },
      output: {
        name: fields.name,
        namespace: z => z.string().describe('Namespace of the team'),
        argoCdNamespace: z => z.string().describe('Namespace of Argo CD'),
        git: fields.git,
        repoUrl: z =>
          z.string().describe('Input `repoUrl` for the publish actions'),
        repositoryUrl: z =>
          z.string().describe('Address at which the repository is cloned'),
        pageUrl: z => z.string().describe('Page of the repository'),
        sourceLocation: z =>
          z
            .string()
            .describe(
              'Address for `backstage.io/source-location`, without `url:`',
            ),
        catalogInfoUrl: z =>
          z.string().describe('Address of `catalog-info.yaml`'),
        publish: z =>
          z
            .boolean()
            .describe(
              'Whether the repository is still to be made; false when an attempt that failed left it behind',
            ),
      },
    },
    async handler(ctx) {
      const { gitHost, gitOwner, cluster, hubServer, environments } = ctx.input;
      const argoCdNamespace = clusters.argoCdNamespace(cluster);
      const names = validNames(ctx.input, argoCdNamespace);
      const target = { ...names, hubServer, environments };
      validatePlaces(target, argoCdNamespace);
      const git = await gitHosts.get(gitHost, gitOwner);
      const addresses = repositoryAddresses(git.address, names.name);

      let unfinished = false;
      if (ctx.isDryRun) {
        ctx.logger.info(
          'Dry run: the catalog, the Git host and the cluster are not asked',
        );
      } else {
        await checkCatalog(catalog, names.name, {
          credentials: await ctx.getInitiatorCredentials(),
        });
        unfinished = await checkRepository(git, target);
        await checkCluster(await clusters.get(cluster), target, {
          repositoryUrl: addresses.cloneUrl,
          unfinished,
        });
        ctx.logger.info(
          unfinished
            ? `An earlier attempt made the repository ${addresses.pageUrl}; it is used as it is`
            : `${names.name} can be made`,
        );
      }

      ctx.output('name', names.name);
      ctx.output('namespace', names.namespace);
      ctx.output('argoCdNamespace', argoCdNamespace);
      ctx.output('git', git.address);
      ctx.output('repoUrl', addresses.repoUrl);
      ctx.output('repositoryUrl', addresses.cloneUrl);
      ctx.output('pageUrl', addresses.pageUrl);
      ctx.output('sourceLocation', addresses.sourceLocation);
      ctx.output('catalogInfoUrl', addresses.catalogInfoUrl);
      ctx.output('publish', !unfinished);
    },
  });
}

/** As the person who fills the form, so that nothing hidden from them is told. */
async function checkCatalog(
  catalog: CatalogService,
  name: string,
  options: Parameters<CatalogService['getEntityByRef']>[1],
): Promise<void> {
  const entityRef = `component:default/${name}`;
  let entity;
  try {
    entity = await catalog.getEntityByRef(entityRef, options);
  } catch (error) {
    throw new ServiceUnavailableError(
      `The catalog does not answer (${
        (error as Error).message
      }), so it is unknown whether name "${name}" is free; try again`,
    );
  }
  if (entity) {
    throw new ConflictError(
      `name "${name}" is taken: the catalog has ${entityRef} already. Choose another name`,
    );
  }
}

/** Says whether an earlier attempt left the repository behind; throws when it is somebody's. */
async function checkRepository(git: GitHost, target: Target): Promise<boolean> {
  await git.checkOwner();
  const repository = await git.repository(target.name);
  if (!repository) {
    return false;
  }
  const { hostname, owner } = git.address;
  const where = `${owner}/${target.name} on ${hostname}`;
  const namespace = unfinishedNamespace(repository, target.name);
  if (!namespace) {
    throw new ConflictError(
      `name "${target.name}" is taken: there is a repository ${where} already. Choose another name, or remove that repository`,
    );
  }
  if (namespace !== target.namespace) {
    throw new ConflictError(
      `namespace "${target.namespace}" differs from "${namespace}" in the repository ${where}, which an earlier attempt left behind. Use namespace "${namespace}", choose another name, or remove that repository`,
    );
  }
  return true;
}

/**
 * The namespace in a repository that holds the scaffolder's one commit and nothing
 * else: nobody's work can be in there.
 */
function unfinishedNamespace(
  repository: RepositoryState,
  name: string,
): string | undefined {
  if (repository.commits !== 1 || !repository.pipelineManifest) {
    return undefined;
  }
  let pipeline;
  try {
    pipeline = parse(repository.pipelineManifest);
  } catch {
    return undefined;
  }
  return pipeline?.kind === 'CICDPipeline' &&
    pipeline.spec?.application?.name === name
    ? pipeline.metadata?.namespace
    : undefined;
}

async function checkCluster(
  cluster: Cluster,
  target: Target,
  repository: { repositoryUrl: string; unfinished: boolean },
): Promise<void> {
  await cluster.version();
  for (const kind of Object.values(KINDS)) {
    const kinds = await cluster.kinds(kind.group, kind.version);
    if (!kinds.includes(kind.kind)) {
      throw new ServiceUnavailableError(
        `cluster "${cluster.name}" does not know the kind ${kind.kind} (${kind.group}/${kind.version}). Ask your platform team to install ${kind.system}, or wait until it has started; then try again`,
      );
    }
  }

  const names = goldenPathNames(target.name);
  const pipeline = await cluster.get(
    KINDS.pipeline,
    target.namespace,
    names.instance,
  );
  if (pipeline && !repository.unfinished) {
    throw new ConflictError(
      `name "${target.name}" is taken: cluster "${cluster.name}" has the CICDPipeline ${target.namespace}/${names.instance} already. Choose another name, or remove that pipeline`,
    );
  }
  const registered = await cluster.get(
    KINDS.application,
    cluster.argoCdNamespace,
    names.registration,
  );
  const followed = registered?.spec?.source?.repoURL;
  if (followed && followed !== repository.repositoryUrl) {
    throw new ConflictError(
      `name "${target.name}" is taken: the Argo CD Application ${names.registration} on cluster "${cluster.name}" follows ${followed}. Choose another name`,
    );
  }

  const manifests = registrationManifests({
    ...target,
    repositoryUrl: repository.repositoryUrl,
    argoCdNamespace: cluster.argoCdNamespace,
  });
  await cluster.apply(KINDS.project, manifests.project, { dryRun: true });
  await cluster.apply(KINDS.application, manifests.application, {
    dryRun: true,
  });
}
