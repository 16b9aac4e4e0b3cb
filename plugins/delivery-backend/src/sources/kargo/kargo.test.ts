import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deliveryFor, isNo, stageOf } from '../../__testUtils__/deliveryFor';
import { MemoryCluster } from '../../__testUtils__/MemoryCluster';
import {
  application,
  COMMIT,
  healthyPipeline,
  oamApplication,
  OLDER_COMMIT,
} from '../../__testUtils__/objects';
import { watchedKinds } from '..';

/** After the schema of Kargo's definitions: the local platform does not run it. */
const upstream: Record<string, any> = JSON.parse(
  readFileSync(
    path.resolve(__dirname, '__fixtures__/upstream-schema.json'),
    'utf8',
  ),
);

const { dev, prod, older, newer, warehouse } = upstream;
const PROJECT = [dev, prod, older, newer, warehouse];

/** The commit is in dev, prod has the one before. */
const delivered = (...objects: object[]) =>
  deliveryFor([
    ...healthyPipeline().filter(isNo('Application')),
    application('dev', COMMIT),
    oamApplication('dev', COMMIT),
    application('prod', OLDER_COMMIT),
    oamApplication('prod', OLDER_COMMIT),
    ...objects,
  ]);

function unverified() {
  const freight = structuredClone(newer);
  freight.status.verifiedIn = {};
  const stage = structuredClone(dev);
  stage.status.freightHistory[0].verificationHistory = [{ phase: 'Running' }];
  return [stage, prod, older, freight, warehouse];
}

describe('Kargo', () => {
  it.each<[string, object[], string, string, string | undefined]>([
    [
      'Freight that is verified upstream',
      PROJECT,
      'promotion:prod',
      'waiting promotion.kargoReady',
      undefined,
    ],
    [
      'Freight that is not verified yet',
      unverified(),
      'promotion:prod',
      'waiting promotion.kargoNotVerified',
      undefined,
    ],
    [
      'a Promotion that runs',
      [...PROJECT, upstream.promotionRunning],
      'promotion:prod',
      'running promotion.kargoRunning',
      undefined,
    ],
    [
      'a Promotion that failed',
      [...PROJECT, upstream.promotionFailed],
      'promotion:prod',
      'failed promotion.kargoFailed',
      'step "git-push" failed: remote rejected the push',
    ],
    [
      'a Warehouse that finds nothing',
      [dev, prod, older, newer, upstream.warehouseFailed],
      'deploy:dev',
      'waiting deploy.warehouse',
      'error listing tags: 403 Forbidden',
    ],
    [
      'a Promotion to the first Stage',
      [...PROJECT, toDev(upstream.promotionRunning)],
      'deploy:dev',
      'running deploy.kargoPromoting',
      undefined,
    ],
    [
      'none of its objects',
      [],
      'promotion:prod',
      'waiting promotion.ready',
      undefined,
    ],
  ])('%s', (_name, objects, id, told, evidence) => {
    const stage = stageOf(delivered(...objects), id);
    expect(`${stage?.status} ${stage?.sentence.code}`).toBe(told);
    expect(stage?.diagnosis?.evidence).toBe(evidence);
    const { freight } = stage?.sentence.values ?? {};
    expect([undefined, 'brave-bee']).toContain(freight);
  });

  it('tells which Freight is where', () => {
    const { environments } = delivered(...PROJECT);
    expect(environments.map(({ kargo }) => kargo)).toMatchObject([
      {
        project: 'checkout-app-kargo',
        name: 'dev',
        freight: {
          alias: 'brave-bee',
          images: [expect.stringContaining(COMMIT)],
        },
        health: 'Healthy',
        verified: true,
        autoPromotion: true,
        promotion: { phase: 'Succeeded' },
      },
      { name: 'prod', freight: { alias: 'fancy-ant' }, autoPromotion: false },
    ]);
  });

  it('finds a Stage of another name by what the Application says', () => {
    const renamed = structuredClone(dev);
    renamed.metadata = { ...renamed.metadata, name: 'first', namespace: 'p' };
    const delivery = deliveryFor([
      ...healthyPipeline().filter(isNo('Application')),
      application('dev', COMMIT, {
        metadata: {
          annotations: {
            'cicd.kro.run/environment': 'dev',
            'kargo.akuity.io/authorized-stage': 'p:first',
          },
        },
      }),
      renamed,
    ]);
    expect(delivery.environments[0].kargo).toMatchObject({
      project: 'p',
      name: 'first',
    });
  });

  it('orders environments as its Stages come after each other', () => {
    const stage = (name: string, stages: string[]) => ({
      ...prod,
      metadata: { ...prod.metadata, name, uid: `stage-${name}` },
      spec: {
        requestedFreight: [
          {
            origin: { kind: 'Warehouse', name: 'checkout' },
            sources: { stages },
          },
        ],
      },
    });
    const names = ['alpha', 'dev', 'prod', 'zulu'];
    const delivery = deliveryFor([
      ...healthyPipeline().filter(isNo('Application')),
      ...names.map(name => application(name)),
      dev,
      stage('zulu', ['dev']),
      stage('alpha', ['zulu']),
      stage('prod', ['alpha']),
    ]);
    expect(delivery.environments.map(({ name }) => name)).toEqual([
      'dev',
      'zulu',
      'alpha',
      'prod',
    ]);
    const circle = deliveryFor([
      ...healthyPipeline().filter(isNo('Application')),
      ...['dev', 'prod'].map(name => application(name)),
      stage('dev', ['prod']),
      stage('prod', ['dev']),
    ]);
    expect(circle.environments).toHaveLength(2);
  });

  it('leaves steps, variables and outputs in the cluster', () => {
    const objects = [...PROJECT, upstream.promotionRunning];
    expect(JSON.stringify(objects)).toContain('canary-token');
    const cluster = new MemoryCluster('local').put(...objects);
    const kept = watchedKinds.flatMap(kind => cluster.objects.list(kind));
    expect(JSON.stringify(kept)).not.toContain('canary');
  });
});

function toDev(promotion: any) {
  return { ...promotion, spec: { ...promotion.spec, stage: 'dev' } };
}
