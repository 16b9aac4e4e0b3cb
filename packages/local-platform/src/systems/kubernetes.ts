import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepts, answers } from '../processes/readiness.ts';
import type { System } from './System.ts';

/** etcd and the API server. */
export const kubernetes: System = {
  name: 'kubernetes',
  title: 'Kubernetes API server',
  programs: ['etcd', 'kube-apiserver'],
  after: [],
  expectedSeconds: 8,
  async start({ folder, state, access, program, run }) {
    const { ports, tokens } = state;
    const etcd = `http://127.0.0.1:${ports.etcd}`;
    const peer = `http://127.0.0.1:${ports.etcdPeer}`;
    mkdirSync(folder.data('etcd'), { recursive: true, mode: 0o700 });
    await run({
      name: 'etcd',
      program: await program('etcd'),
      args: [
        `--data-dir=${folder.data('etcd')}`,
        `--listen-client-urls=${etcd}`,
        `--advertise-client-urls=${etcd}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=default=${peer}`,
        // As kubeadm sets it: without, a kind that nobody writes has no bookmarks.
        '--watch-progress-notify-interval=5s',
        // The data is as good as the folder; a power cut may cost it.
        '--unsafe-no-fsync',
        '--log-level=warn',
      ],
      ready: answers(`${etcd}/health`),
    });
    await run({
      name: 'kube-apiserver',
      program: await program('kube-apiserver'),
      args: [
        `--etcd-servers=${etcd}`,
        '--bind-address=127.0.0.1',
        '--advertise-address=127.0.0.1',
        `--secure-port=${ports.apiServer}`,
        // No endpoints of the API server itself: a loopback address is refused there.
        '--endpoint-reconciler-type=none',
        `--tls-cert-file=${access.certificate}`,
        `--tls-private-key-file=${access.key}`,
        '--service-account-issuer=https://kubernetes.default.svc',
        `--service-account-key-file=${access.serviceAccountKey}`,
        `--service-account-signing-key-file=${access.serviceAccountKey}`,
        '--service-cluster-ip-range=10.96.0.0/16',
        '--authorization-mode=RBAC',
        `--token-auth-file=${access.tokenFile}`,
        '--kubelet-preferred-address-types=InternalIP',
        '--profiling=false',
      ],
      ready: answers(`https://127.0.0.1:${ports.apiServer}/readyz`, {
        ca: readFileSync(access.certificate, 'utf8'),
        headers: { authorization: `Bearer ${tokens.administrator}` },
      }),
    });
  },
};

/** What turns Deployments into pods, and pods into scheduled pods. */
export const kubernetesControllers: System = {
  name: 'kubernetes-controllers',
  title: 'Kubernetes controllers',
  programs: ['kube-controller-manager', 'kube-scheduler'],
  after: ['kubernetes'],
  expectedSeconds: 5,
  async start({ folder, state, access, program, run }) {
    const common = [
      `--kubeconfig=${folder.kubeconfig}`,
      '--bind-address=127.0.0.1',
      '--leader-elect=false',
      '--profiling=false',
      `--tls-cert-file=${access.certificate}`,
      `--tls-private-key-file=${access.key}`,
    ];
    const { controllerManager, scheduler } = state.ports;
    await Promise.all([
      run({
        name: 'kube-controller-manager',
        program: await program('kube-controller-manager'),
        args: [
          ...common,
          `--secure-port=${controllerManager}`,
          `--service-account-private-key-file=${access.serviceAccountKey}`,
          `--root-ca-file=${access.certificate}`,
          // The one node is played: it is never gone, even while its player restarts.
          '--controllers=*,-node-lifecycle-controller',
        ],
        ready: accepts(controllerManager),
      }),
      run({
        name: 'kube-scheduler',
        program: await program('kube-scheduler'),
        args: [...common, `--secure-port=${scheduler}`],
        ready: accepts(scheduler),
      }),
    ]);
  },
};

/** Name of the one node. */
const NODE = 'local';

/** KWOK plays the kubelet: pods become Running without running anything. */
export const kwok: System = {
  name: 'kwok',
  title: 'KWOK, which plays the node',
  programs: ['kwok'],
  after: ['kubernetes'],
  expectedSeconds: 3,
  async prepare({ manifests, cluster, source }) {
    const { readManifests } = await manifests();
    const folder = await source('kwok', 'sigs.k8s.io/kwok');
    await (
      await cluster()
    ).applyDefinitions(
      readManifests(
        join(folder, 'kustomize/crd/bases/kwok.x-k8s.io_logs.yaml'),
      ),
    );
  },
  async start({ folder, state, access, cluster, program, source, run }) {
    const stages = join(
      await source('kwok', 'sigs.k8s.io/kwok'),
      'kustomize/stage',
    );
    const data = folder.data('kwok');
    mkdirSync(data, { recursive: true });
    const files = [
      'node/fast/node-initialize.yaml',
      'node/heartbeat/node-heartbeat.yaml',
      'pod/fast/pod-ready.yaml',
      'pod/fast/pod-complete.yaml',
      'pod/fast/pod-delete.yaml',
    ];
    await run({
      name: 'kwok',
      program: await program('kwok'),
      args: [
        `--kubeconfig=${folder.kubeconfig}`,
        '--manage-all-nodes=true',
        ...files.map(file => `--config=${join(stages, file)}`),
        // The kubelet's API, from which the API server reads logs.
        '--enable-crds=Logs',
        '--node-ip=127.0.0.1',
        `--node-port=${state.ports.kubelet}`,
        `--server-address=127.0.0.1:${state.ports.kubelet}`,
        `--tls-cert-file=${access.certificate}`,
        `--tls-private-key-file=${access.key}`,
      ],
      ready: accepts(state.ports.kubelet),
    });
    const api = await cluster();
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: NODE,
        annotations: { 'kwok.x-k8s.io/node': 'fake' },
        labels: { 'kubernetes.io/hostname': NODE },
      },
    };
    await api.apply([node], 'local-platform');
    // A new node is tainted as not ready until the controller that is left out above says otherwise.
    await api.merge(node, { spec: { taints: null } });
  },
};
