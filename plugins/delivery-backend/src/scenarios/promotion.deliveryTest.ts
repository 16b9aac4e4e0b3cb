import type { RecordedDeployment } from '@golden-path/plugin-delivery-common';
import { until } from '../kubernetes/__testing__/until';
import { environmentOf, GoldenPath, runs, stageOf } from './GoldenPath';
import { openPortal, type Portal } from './openPortal';

jest.setTimeout(600_000);

const name = `p${Date.now().toString(36)}`;

let portal: Portal;
let app: GoldenPath;
let commit: string;

const tagIn = (environment: string, it = app.now) =>
  environmentOf(it, environment)?.image?.tag;

/**
 * A third environment. The CICDPipeline makes dev and prod; portals that have more add
 * Argo CD Applications with the labels and annotations that those two carry.
 */
async function addStaging(): Promise<void> {
  const prod = await portal.cluster.send('GET', app.argoCd('prod'));
  const namespace = `${app.namespace}-staging`;
  const { project, source, destination, syncPolicy } = prod.spec;
  const { destinations, clusterResourceWhitelist } = (
    await portal.cluster.send(
      'GET',
      `/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/${project}`,
    )
  ).spec;
  await portal.cluster.send(
    'PATCH',
    `/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/${project}`,
    {
      spec: {
        destinations: [...destinations, { ...destination, namespace }],
        clusterResourceWhitelist: [
          ...clusterResourceWhitelist,
          { group: '', kind: 'Namespace', name: namespace },
        ],
      },
    },
  );
  await app.push(
    'deployment/staging/application.yaml',
    await app.file('deployment/prod/application.yaml'),
  );
  const label = 'app.kubernetes.io';
  await portal.cluster.send(
    'POST',
    '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications',
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: `${name}-staging-cd`,
        labels: {
          'entity-id': name,
          [`${label}/name`]: name,
          [`${label}/component`]: 'argocd-application',
        },
        annotations: {
          'cicd.kro.run/application-name': name,
          'cicd.kro.run/environment': 'staging',
        },
      },
      spec: {
        project,
        source: { ...source, path: 'deployment/staging' },
        destination: { ...destination, namespace },
        // Somebody decides when staging changes.
        syncPolicy: { syncOptions: syncPolicy.syncOptions },
      },
    },
  );
}

/** Brings to staging what Git holds, which nobody does by itself. */
async function syncStaging(): Promise<void> {
  await app.until(
    'staging waits for somebody',
    it => stageOf(it, 'deploy:staging')?.sentence.code === 'deploy.manual',
  );
  await app.operate(
    { operation: 'sync', environment: 'staging' },
    it => stageOf(it, 'deploy:staging')?.status !== 'waiting',
  );
}

beforeAll(async () => {
  portal = await openPortal();
  app = await portal.makeApp(name);
  await app.until('dev runs the first image', runs('dev', 'initial'));
  await addStaging();
  commit = await app.push('extra.go', 'package main\n');
  await app.until('dev runs the commit', runs('dev', commit));
});

afterAll(async () => {
  if (portal && app) {
    await portal.cluster.send('DELETE', app.argoCd('staging'));
  }
  await portal?.close();
});

it('shows three environments in the order of promotion', () => {
  expect(app.now.environments.map(environment => environment.name)).toEqual([
    'dev',
    'staging',
    'prod',
  ]);
  expect(
    app.now.stages
      .map(({ id }) => id)
      .filter(id => /^(deploy|promotion):/.test(id)),
  ).toEqual([
    'deploy:dev',
    'promotion:staging',
    'deploy:staging',
    'promotion:prod',
    'deploy:prod',
  ]);
  expect(stageOf(app.now, 'promotion:staging')).toMatchObject({
    sentence: { code: 'promotion.first' },
  });
});

/** What the portal offers for the promotion to an environment. */
const offered = (environment: string) =>
  stageOf(app.now, `promotion:${environment}`)?.diagnosis?.operation;

/** Promotes, and merges as a reviewer. */
async function promote(environment: string): Promise<void> {
  const request = { operation: 'promote', environment } as const;
  const before = tagIn(environment);
  // A pull request is no object of the cluster: it is told by the answer.
  const { link } = await app.operate(request);
  expect(link?.title).toMatch(new RegExp(`^golden-path/${name} #\\d+$`));
  expect((await app.expectUnchanged(request)).link).toEqual(link);
  expect(tagIn(environment)).toBe(before);
  await app.merge({ link } as never);
  const again = await app.expectUnchanged(request);
  expect(again.sentence.code).toBe('operation.promote.done');
}

it('promotes from dev to staging, where somebody syncs', async () => {
  expect(offered('staging')).toEqual({
    operation: 'promote',
    environment: 'staging',
  });
  await promote('staging');
  await syncStaging();
  await app.until('staging runs it', runs('staging', commit));
});

it('promotes from staging to prod, where Argo CD syncs by itself', async () => {
  expect(offered('prod')).toEqual({
    operation: 'promote',
    environment: 'prod',
  });
  await promote('prod');
  const done = await app.until('prod runs it', runs('prod', commit));
  expect(environmentOf(done, 'prod')?.image).toEqual(
    environmentOf(done, 'dev')?.image,
  );
  expect(stageOf(done, 'promotion:prod')?.sentence.code).toBe('promotion.done');
  const arrived = await app.until('its way ends in prod', it =>
    it.journeys?.some(
      journey => journey.commit === commit && journey.status === 'succeeded',
    ),
  );
  const journey = arrived.journeys?.find(each => each.commit === commit);
  expect(journey?.steps.map(({ id }) => id)).toEqual([
    ...['pushed', 'run-started', 'built', 'in-registry', 'manifest-bumped'],
    ...['noticed:dev', 'synced:dev', 'rolled-out:dev', 'healthy:dev'],
    ...['staging', 'prod'].flatMap(environment =>
      ['promoted', 'synced', 'rolled-out', 'healthy'].map(
        step => `${step}:${environment}`,
      ),
    ),
  ]);
  await until('it is recorded', async () => {
    const { deployments } = await app.get('/history/deployments');
    return deployments.some(
      (each: RecordedDeployment) =>
        each.environment === 'prod' &&
        each.commit === commit &&
        each.outcome === 'succeeded',
    );
  });
  const { promotions } = await app.get('/history/deployments');
  expect(
    promotions.map(({ to, by }: { to: string; by: string }) => [to, by]),
  ).toEqual([
    ['prod', 'user:default/mock'],
    ['staging', 'user:default/mock'],
  ]);
});

it('rolls back by a pull request where Argo CD syncs by itself', async () => {
  const [, earlier] = environmentOf(app.now, 'dev')!.argoCd.history!;
  const request = {
    operation: 'rollback',
    environment: 'dev',
    deployment: earlier.id,
  } as const;
  const { link } = await app.operate(request);
  expect((await app.expectUnchanged(request)).link).toEqual(link);
  await app.merge({ link } as never);
  await app.until('dev runs what it had', runs('dev', 'initial'));
  expect(tagIn('prod')).toBe(commit);
});

it('rolls back by Argo CD where somebody syncs', async () => {
  // What was rolled back is promoted only by somebody who means it.
  expect(offered('staging')).toBeUndefined();
  await promote('staging');
  await syncStaging();
  const newer = await app.until('staging runs it', runs('staging', 'initial'));
  const [, earlier] = environmentOf(newer, 'staging')!.argoCd.history!;
  await app.operate(
    {
      operation: 'rollback',
      environment: 'staging',
      deployment: earlier.id,
    },
    it => tagIn('staging', it) === commit,
  );
  await app.until(
    'staging runs what it had',
    it =>
      tagIn('staging', it) === commit &&
      stageOf(it, 'run:staging')?.status === 'succeeded',
  );
});
