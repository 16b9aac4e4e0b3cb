import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { RealCluster } from '../__testing__/RealCluster';
import { until } from '../__testing__/until';
import { WatcherAccount } from '../__testing__/WatcherAccount';
import { ControlPlane } from './ControlPlane';
import { CustomKind, DEFINITIONS } from './CustomKind';
import { Subject, subjects } from './Subject';
import { Trial, TrialOptions } from './Trial';

/** What all faults are done on: an API server, an account that watches, and its kinds. */
export interface FaultGround extends ReturnType<typeof subjects> {
  cluster: RealCluster;
  plane: ControlPlane;
  account: WatcherAccount;
  /** A kind of the test's own, installed. */
  custom: CustomKind;
  widgets: Subject;
  /** Begins a trial; it is ended after the test. */
  begin(
    options: Omit<TrialOptions, 'cluster' | 'kubeconfig'> & {
      kubeconfig?: string;
    },
  ): Promise<Trial>;
}

/** The role of the plugin's account; nobody else needs one on a server without controllers. */
const ROLE = parseAllDocuments(
  readFileSync(
    path.resolve(__dirname, '../../../../../platform/rbac/reader.yaml'),
    'utf8',
  ),
)
  .map(document => document.toJS())
  .find(({ kind }) => kind === 'ClusterRole');

async function applyRole(cluster: RealCluster): Promise<void> {
  const roles = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
  await cluster.send('POST', roles, ROLE).catch(error => {
    // The tests of another file were here first.
    if (!/ 409 /.test(error.message)) {
      throw error;
    }
  });
}

/**
 * An API server serves a kind as soon as its names are accepted, and writes up to 5 s
 * later that it is established. Whoever watches would look at that kind once more.
 */
async function untilAllAreEstablished(cluster: RealCluster): Promise<void> {
  await until('all definitions are established', async () => {
    const { items } = await cluster.send('GET', DEFINITIONS);
    return items.every(({ status }: any) =>
      status?.conditions?.some(
        (each: any) => each.type === 'Established' && each.status === 'True',
      ),
    );
  });
}

/** Makes the ground before the tests of a file and clears it after them. */
export function faultGround(): FaultGround {
  const ground = {} as FaultGround;
  const trials: Trial[] = [];

  beforeAll(async () => {
    const plane = ControlPlane.own();
    const cluster = await RealCluster.connect();
    const { namespace } = cluster;
    const custom = new CustomKind(cluster.send.bind(cluster), namespace);
    const account = new WatcherAccount(cluster, 'watcher');
    await Promise.all([custom.install(), account.create()]);
    await untilAllAreEstablished(cluster);
    await applyRole(cluster);
    await account.allowReading();
    // Of the kinds that the API server does not cache the plugin watches none.
    await account.allow('events');
    await account.allow(`widgets.${custom.subject.kind.group}`);
    const kubeconfig = await cluster.writeKubeconfig('watcher', {
      token: await account.token(),
    });
    Object.assign(ground, subjects(namespace), {
      cluster,
      plane,
      account,
      custom,
      widgets: custom.subject,
      begin: async (options: Parameters<FaultGround['begin']>[0]) => {
        const trial = new Trial({ kubeconfig, ...options, cluster });
        trials.push(trial);
        await trial.begin();
        return trial;
      },
    });
  });

  afterEach(async () => {
    await Promise.all(trials.splice(0).map(trial => trial.end()));
  });

  afterAll(async () => {
    await ground.custom?.remove();
    await ground.cluster?.close();
  });

  return ground;
}
