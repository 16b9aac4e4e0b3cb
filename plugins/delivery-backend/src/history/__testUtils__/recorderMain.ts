import type { LoggerService } from '@backstage/backend-plugin-api';
import knexFactory from 'knex';
import { locate } from '../../delivery/locate';
import {
  createClusterWatch,
  HttpTransport,
  KubeConfigAccess,
} from '../../kubernetes';
import { collectFacts } from '../../service/collectFacts';
import { argoWorkflows } from '../../sources/argo-workflows/source';
import { HistoryRecorder } from '../HistoryRecorder';
import { HistoryStore } from '../HistoryStore';

/*
 * A backend reduced to what history needs, to be killed: it watches the Workflows of one
 * pipeline and records those that have ended. SIGTERM ends it in good order.
 */

const { kubeconfig, annotations, database } = JSON.parse(
  process.env.KILLABLE_OPTIONS ?? '{}',
);

const say = (message: string) => process.stderr.write(`${message}\n`);
const logger: LoggerService = {
  error: say,
  warn: say,
  info: () => {},
  debug: () => {},
  child: () => logger,
};

async function main() {
  const knex = knexFactory(database);
  const recorder = HistoryRecorder.create({
    store: await HistoryStore.create({ getClient: async () => knex }),
    logger,
    retentionMs: 90 * 86_400_000,
  });
  const watch = createClusterWatch({
    name: 'local',
    transport: new HttpTransport(new KubeConfigAccess({ file: kubeconfig })),
    logger,
  });
  watch.acquire(argoWorkflows.kinds);
  const located = locate(annotations, ['local']);
  let recording = false;
  watch.subscribe(() => {
    recorder.observe({
      located,
      facts: collectFacts([argoWorkflows], {
        location: located.location,
        objects: watch.objects,
        cluster: () => undefined,
        clusterAt: () => undefined,
        argoCdNamespace: 'argocd',
      }),
      health: [],
    });
    if (
      !recording &&
      watch.kindStates().every(({ state }) => state === 'live')
    ) {
      recording = true;
      process.stdout.write('recording\n');
    }
  });
  watch.start();
  process.once('SIGTERM', async () => {
    await watch.stop();
    await recorder.stop();
    await knex.destroy();
    process.exit(0);
  });
}

main().catch(error => {
  say(String(error));
  process.exit(1);
});
