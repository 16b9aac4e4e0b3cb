import { readFileSync } from 'node:fs';
import { eventually } from './__testUtils__/eventually.ts';
import { Cluster } from './cluster/Cluster.ts';
import type { KubernetesObject } from './cluster/manifests.ts';
import { platformFolder } from './folder.ts';
import { GiteaClient } from './git/GiteaClient.ts';
import type { PlatformState } from './state.ts';
import { failStep, healSteps } from './stand-ins/failures.ts';

/**
 * What the platform promises to those who test against it, on the running platform: real controllers all the way, and
 * stand-ins that can be told to fail.
 */
const folder = platformFolder(process.env.DELIVERY_PLATFORM_DIR ?? '');
/** As long as a name may be: names that are made from it must fit as well. */
const app = `probe-${Date.now().toString(36)}-`.padEnd(30, 'x');
const namespace = `team-${app}`;

interface WorkflowStatus {
  phase?: string;
  nodes?: Record<string, { displayName: string; message?: string }>;
}

const statusOf = (workflow: KubernetesObject) =>
  (workflow.status ?? {}) as WorkflowStatus;

describe('the local platform', () => {
  const state: PlatformState = JSON.parse(readFileSync(folder.state, 'utf8'));
  const gitHost = `127.0.0.1:${state.ports.gitea}`;
  const git = new GiteaClient(`http://${gitHost}`, state.git);
  const cluster = new Cluster(folder.kubeconfig);
  const repository = `golden-path/${app}`;

  const commit = (
    path: string,
    content: string,
    options: { author?: string; proposal?: string } = {},
  ) =>
    git.call<{ commit: { sha: string } }>(
      'POST',
      `/repos/${repository}/contents/${path}`,
      {
        content: Buffer.from(content).toString('base64'),
        branch: 'main',
        new_branch: options.proposal,
        message: `Add ${path}`,
        author: {
          name: options.author ?? 'Developer',
          email: 'developer@example.com',
        },
      },
    );
  /** Anybody who reaches the webhook can do this. */
  const post = async (push: object) => {
    const response = await fetch(
      `http://127.0.0.1:${state.ports.webhooks}/argo-events/${app}-cicd`,
      { method: 'POST', body: JSON.stringify(push) },
    );
    expect(response.status).toBe(200);
  };
  const manifest = async () =>
    (await git.file(repository, 'deployment/dev/application.yaml', 'main'))
      ?.content ?? '';
  const runs = async () =>
    (await cluster.list('argoproj.io/v1alpha1', 'Workflow')).filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
  const finished = (name: string) =>
    eventually(async () => {
      const run = (await runs()).find(({ metadata }) => metadata.name === name);
      return run && /Succeeded|Failed|Error/.test(statusOf(run).phase ?? '')
        ? run
        : undefined;
    }, `the end of ${name}`);
  const runOf = (sha: string) =>
    eventually(
      async () =>
        (await runs()).find(({ spec }) => JSON.stringify(spec).includes(sha)),
      `a run of ${sha}`,
    );

  beforeAll(async () => {
    await git.call('POST', '/orgs/golden-path/repos', {
      name: app,
      default_branch: 'main',
      auto_init: true,
    });
    await commit('Dockerfile', 'FROM scratch\n');
    for (const environment of ['dev', 'prod']) {
      await commit(
        `deployment/${environment}/application.yaml`,
        `apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: ${app}
  annotations:
    app.oam.dev/publishVersion: none
    argocd.argoproj.io/hook: Skip
spec:
  components:
    - name: ${app}
      type: appmod-service
      properties: { image: none, replicas: 1 }
`,
      );
    }
    await cluster.apply(
      [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'AppProject',
          metadata: { name: `${app}-project`, namespace: 'argocd' },
          spec: {
            sourceRepos: [`http://${gitHost}/${repository}.git`],
            destinations: [{ server: '*', namespace: `${namespace}-*` }],
            clusterResourceWhitelist: [
              { group: '', kind: 'Namespace', name: `${namespace}-*` },
            ],
          },
        },
        {
          apiVersion: 'kro.run/v1alpha1',
          kind: 'CICDPipeline',
          metadata: { name: `${app}-cicd-pipeline`, namespace },
          spec: {
            name: `${app}-cicd`,
            aws: { region: 'us-west-2', accountId: '000000000000' },
            application: { name: app },
            gitlab: {
              protocol: 'http',
              hostname: gitHost,
              username: 'golden-path',
              provider: 'gitea',
            },
            hub: { hostname: 'hub.localhost' },
            environments: {
              dev: { namespace: `${namespace}-dev` },
              prod: { namespace: `${namespace}-prod` },
            },
          },
        },
      ],
      'local-platform',
    );
  });

  afterAll(async () => {
    await healSteps(cluster, { app });
  });

  it('sets a pipeline up and builds once, with real controllers', async () => {
    const build = await finished(`${app}-cicd-initial-build-workflow`);
    expect(statusOf(build).phase).toBe('Succeeded');
    expect(await manifest()).toContain(
      `image: 000000000000.dkr.ecr.us-west-2.amazonaws.com/peeks/${app}:initial`,
    );
    expect(await manifest()).not.toContain('hook: Skip');
    const running = await eventually(async () => {
      const application = await cluster.read({
        apiVersion: 'core.oam.dev/v1beta1',
        kind: 'Application',
        metadata: { name: app, namespace: `${namespace}-dev` },
      });
      const { status } = (application?.status ?? {}) as { status?: string };
      return status === 'running' ? true : undefined;
    }, 'the running application');
    expect(running).toBe(true);
  });

  it('gives a pipeline of the longest name an event bus with its pods', async () => {
    const bus = `eventbus-${app}-cicd-bus-js`;
    const pods = await eventually(async () => {
      const found = (await cluster.list('v1', 'Pod')).filter(
        ({ metadata }) =>
          metadata.namespace === namespace && metadata.name.startsWith(bus),
      );
      return found.length === 3 ? found : undefined;
    }, `the pods of ${bus}`);
    for (const { metadata } of pods) {
      const { 'controller-revision-hash': hash } = metadata.labels ?? {};
      expect(hash).toMatch(new RegExp(`^${bus}-[0-9a-z]+$`));
    }
  });

  it('runs a push, labelled as the sensor does, and shows why a step failed', async () => {
    const message = 'error building image: no space left on device';
    await failStep(cluster, { step: 'build-and-push', app, message });
    const before = await manifest();
    const { commit: pushed } = await commit('main.go', 'package main\n');
    const run = await finished((await runOf(pushed.sha)).metadata.name);

    expect(run.metadata.labels).toMatchObject({
      'events.argoproj.io/sensor': `${app}-cicd-gitlab-sensor`,
      'events.argoproj.io/trigger': 'gitlab-workflow-trigger',
      'events.argoproj.io/action-timestamp': expect.stringMatching(/^\d{13}$/),
    });
    expect(statusOf(run).phase).toBe('Failed');
    const nodes = Object.values(statusOf(run).nodes ?? {});
    expect(
      nodes.find(({ displayName }) => displayName === 'build-and-push')
        ?.message,
    ).toContain(message);
    expect(await manifest()).toBe(before);
  });

  it('starts no run for the pipeline itself, and goes on when healed', async () => {
    await healSteps(cluster, { app });
    await commit('deployment/notes.txt', 'x', { author: 'CI/CD Pipeline' });
    const { commit: pushed } = await commit('go.mod', 'module x\n');
    const run = await finished((await runOf(pushed.sha)).metadata.name);
    expect(statusOf(run).phase).toBe('Succeeded');
    expect(await manifest()).toContain(`${app}:${pushed.sha}`);
    const triggered = (await runs()).filter(
      ({ metadata }) => metadata.labels?.['events.argoproj.io/trigger'],
    );
    expect(triggered).toHaveLength(2);
  });

  it('builds only whole commits that are on main, whoever posts to the webhook', async () => {
    const before = (await runs()).length;
    const { commit: proposed } = await commit('fix.go', 'package main\n', {
      proposal: 'proposal',
    });
    const whole = proposed.sha;
    for (const push of [
      { ref: 'refs/heads/proposal', after: whole },
      { ref: 'refs/heads/main-2', after: whole },
      { ref: 'refs/heads/main', after: 'proposal' },
      { ref: 'refs/heads/main', after: whole.slice(0, 12) },
      { ref: 'refs/heads/main', after: `${whole}0` },
      { ref: 'refs/heads/main', after: whole.toUpperCase() },
      { ref: 'refs/heads/main', after: '--detach'.padEnd(40, '-') },
      { ref: 'refs/heads/main', after: '0'.repeat(40) },
      { ref: 'refs/heads/main', after: 1 },
      { ref: 'refs/heads/main' },
    ]) {
      await post(push);
    }
    expect(await runs()).toHaveLength(before);

    const manifestBefore = await manifest();
    await post({ ref: 'refs/heads/main', after: whole });
    const run = await finished((await runOf(whole)).metadata.name);
    expect(statusOf(run).phase).toBe('Failed');
    const nodes = Object.values(statusOf(run).nodes ?? {});
    expect(
      nodes.find(({ displayName }) => displayName === 'checkout-code')?.message,
    ).toContain(`${whole} is not on the branch main`);
    expect(await manifest()).toBe(manifestBefore);
  });

  it('lets the reader read what platform/rbac says, and no Secret', async () => {
    const reader = new Cluster(folder.readerKubeconfig);
    await expect(
      reader.list('kro.run/v1alpha1', 'CICDPipeline'),
    ).resolves.not.toHaveLength(0);
    await expect(reader.list('v1', 'Secret')).rejects.toThrow(
      'User "delivery:reader" cannot list resource "secrets"',
    );
  });
});
