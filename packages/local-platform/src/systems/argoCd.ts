import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { accepts, answers } from '../processes/readiness.ts';
import type { KubernetesObject } from '../cluster/manifests.ts';
import type { PlatformState } from '../state.ts';
import type { System } from './System.ts';

const NAMESPACE = 'argocd';
const MODULE = 'github.com/argoproj/argo-cd/v3';

/**
 * How often Argo CD asks Git for changes that it has not been told of; upstream's default is two minutes. Each time it
 * writes into every Application, which wakes kro: asking often is not free.
 */
const POLL = '1m';

const name = (object: KubernetesObject) =>
  `${object.kind}/${object.metadata.name}`;

/** Settings on top of those that Argo CD ships. */
function settings(state: PlatformState): Record<string, object> {
  return {
    'ConfigMap/argocd-cm': { data: { 'timeout.reconciliation': POLL } },
    'Secret/argocd-secret': {
      stringData: { 'server.secretkey': state.argoCdKey },
    },
  };
}

/** Credentials for every repository of the local Git server, and the project that exists in each Argo CD. */
function additions(state: PlatformState): KubernetesObject[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'local-git',
        namespace: NAMESPACE,
        labels: { 'argocd.argoproj.io/secret-type': 'repo-creds' },
      },
      stringData: {
        type: 'git',
        url: `http://127.0.0.1:${state.ports.gitea}`,
        username: state.git.username,
        password: state.git.password,
      },
    },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'default', namespace: NAMESPACE },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ server: '*', namespace: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    },
  ];
}

/** Links the one binary of Argo CD under the names by which it is told what to be. */
function linkCommands(folder: string, binary: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const command of [
    'argocd',
    'argocd-repo-server',
    'argocd-application-controller',
    'argocd-webhook-receiver',
  ]) {
    symlinkSync(binary, join(folder, command));
  }
}

export const argoCd: System = {
  name: 'argo-cd',
  title: 'Argo CD',
  programs: ['redis', 'argo-cd'],
  after: ['kubernetes'],
  expectedSeconds: 8,
  async prepare({ manifests, state, cluster, source }) {
    const { readManifestFolder } = await manifests();
    const shippedIn = join(await source('argo-cd', MODULE), 'manifests');
    const api = await cluster();
    await api.applyDefinitions(readManifestFolder(join(shippedIn, 'crds')));
    const extra = settings(state);
    const shipped = readManifestFolder(join(shippedIn, 'base/config')).map(
      object => ({
        ...object,
        ...extra[name(object)],
        metadata: { ...object.metadata, namespace: NAMESPACE },
      }),
    );
    await api.apply(
      [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
        ...shipped,
        ...additions(state),
      ],
      'local-platform',
    );
  },
  async start({ folder, state, program, source, run }) {
    const { ports } = state;
    const data = folder.data('argo-cd');
    const commands = join(data, 'bin');
    linkCommands(commands, await program('argo-cd'));
    // Git's signature check is a script, which upstream's image has on its PATH.
    const script = 'git-verify-wrapper.sh';
    copyFileSync(
      join(await source('argo-cd', MODULE), 'hack', script),
      join(commands, script),
    );
    chmodSync(join(commands, script), 0o755);

    const redis = `127.0.0.1:${ports.redis}`;
    await run({
      name: 'redis',
      program: await program('redis'),
      args: [`--address=${redis}`],
      ready: accepts(ports.redis),
    });
    const env: Record<string, string> = {
      PATH: `${commands}:${process.env.PATH}`,
      KUBECONFIG: folder.kubeconfig,
      ARGOCD_FAKE_IN_CLUSTER: 'true',
      ARGOCD_GPG_ENABLED: 'false',
    };
    for (const [variable, path] of [
      ['ARGOCD_TLS_DATA_PATH', 'tls'],
      ['ARGOCD_SSH_DATA_PATH', 'ssh'],
      ['ARGOCD_GNUPGHOME', 'gpg'],
      ['ARGOCD_PLUGINSOCKFILEPATH', 'plugins'],
      ['HOME', 'home'],
      ['TMPDIR', 'tmp'],
    ]) {
      env[variable] = join(data, path);
      mkdirSync(env[variable], { recursive: true, mode: 0o700 });
    }
    await run({
      name: 'argocd-repo-server',
      program: join(commands, 'argocd-repo-server'),
      args: [
        '--address=127.0.0.1',
        `--port=${ports.repoServer}`,
        '--metrics-address=127.0.0.1',
        `--metrics-port=${ports.repoServerMetrics}`,
        `--redis=${redis}`,
        // For as long it takes what a branch points to from its cache.
        `--revision-cache-expiration=${POLL}`,
        '--disable-tls',
        '--client-ca-path=',
        '--loglevel=warn',
      ],
      env,
      ready: accepts(ports.repoServer),
    });
    const controller = `127.0.0.1:${ports.applicationController}`;
    await run({
      name: 'argocd-application-controller',
      program: join(commands, 'argocd-application-controller'),
      args: [
        `--kubeconfig=${folder.kubeconfig}`,
        `--namespace=${NAMESPACE}`,
        `--repo-server=127.0.0.1:${ports.repoServer}`,
        `--metrics-address=${controller}`,
        `--redis=${redis}`,
        `--app-resync=${POLL}`,
      ],
      env,
      ready: answers(`http://${controller}/healthz`),
    });
    const webhooks = `127.0.0.1:${ports.argoCdWebhooks}`;
    await run({
      name: 'argocd-webhook-receiver',
      program: join(commands, 'argocd-webhook-receiver'),
      args: [
        `--kubeconfig=${folder.kubeconfig}`,
        `--namespace=${NAMESPACE}`,
        `--address=${webhooks}`,
        `--redis=${redis}`,
        `--repo-server-redis=${redis}`,
      ],
      env,
      ready: answers(`http://${webhooks}/healthz`),
    });
  },
};
