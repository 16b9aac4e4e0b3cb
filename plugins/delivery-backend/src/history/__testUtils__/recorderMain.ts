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
import { killable } from './killable';

/*
 * A backend reduced to what history needs: it watches the Workflows of one pipeline and
 * records those that have ended.
 */

interface Options {
  kubeconfig: string;
  annotations: Record<string, string>;
}

killable<Options>(async ({ kubeconfig, annotations }, surroundings) => {
  const { knex, logger, ready } = surroundings;
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
      ready();
    }
  });
  watch.start();
  return async () => {
    await watch.stop();
    await recorder.stop();
  };
});
