import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../cluster/Cluster.ts';
import { GiteaClient, GiteaError } from '../git/GiteaClient.ts';
import { withImage } from './deploymentManifest.ts';

/** A step ends with this message, as a container would with exit code 1. */
export class StepFailure extends Error {
  override name = 'StepFailure';
}

/** What a played step sees and can do. */
export interface StepContext {
  env: Record<string, string | undefined>;
  cluster: Cluster;
  /** Where webhooks of the Git server are received. */
  webhooks: string;
  /** Writes a line of the step's log. */
  say(line: string): void;
}

/** Plays one step of a run. Throws {@link StepFailure} when the container would fail. */
export interface PlayedStep {
  /** How long the container would be at work. */
  seconds: number;
  play(context: StepContext): Promise<void>;
}

const AUTHOR = {
  name: 'CI/CD Pipeline',
  email: 'cicd-pipeline@noreply.invalid',
};
const BRANCH = 'main';
const ATTEMPTS = 5;
const WAIT_MS = 60_000;

function need(env: StepContext['env'], name: string): string {
  const value = env[name];
  if (!value) {
    throw new StepFailure(`The environment variable ${name} is empty.`);
  }
  return value;
}

function repositoryOf(env: StepContext['env']): string {
  return `${need(env, 'GITLAB_USERNAME')}/${need(env, 'APPLICATION_NAME')}`;
}

function gitOf(env: StepContext['env']): GiteaClient {
  return new GiteaClient(need(env, 'GIT_BASE_URL'), {
    username: need(env, 'GIT_USERNAME'),
    password: need(env, 'GIT_TOKEN'),
  });
}

function inRepository(folder: string, file: string): string {
  return `${folder.replace(/^\.\/?/, '')}/${file}`.replace(/^\//, '');
}

async function awaitCondition(
  { cluster, env, say }: StepContext,
  reference: { apiVersion: string; kind: string; name: string },
  condition: string,
): Promise<void> {
  const { apiVersion, kind, name } = reference;
  const metadata = { name, namespace: need(env, 'PIPELINE_NAMESPACE') };
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const object = await cluster.read({ apiVersion, kind, metadata });
    const { conditions = [] } = (object?.status ?? {}) as {
      conditions?: { type: string; status: string }[];
    };
    if (conditions.some(c => c.type === condition && c.status === 'True')) {
      say(`${kind} ${name}: condition ${condition} met`);
      return;
    }
    if (Date.now() > deadline) {
      throw new StepFailure(
        `timed out waiting for the condition ${condition} on ${kind} ${name}`,
      );
    }
    await delay(500);
  }
}

const validateResources: PlayedStep['play'] = async context => {
  const { env } = context;
  const pipeline = need(env, 'PIPELINE_NAME');
  const ecr = {
    apiVersion: 'ecr.services.k8s.aws/v1alpha1',
    kind: 'Repository',
  };
  const argo = 'argoproj.io/v1alpha1';
  for (const name of [`${pipeline}-main-repo`, `${pipeline}-cache-repo`]) {
    await awaitCondition(context, { ...ecr, name }, 'ACK.ResourceSynced');
  }
  for (const [kind, name] of [
    ['EventSource', need(env, 'EVENTSOURCE_NAME')],
    ['Sensor', need(env, 'SENSOR_NAME')],
  ]) {
    await awaitCondition(context, { apiVersion: argo, kind, name }, 'Deployed');
  }
};

const setupSecrets: PlayedStep['play'] = async ({ env, say }) => {
  const found = await gitOf(env).find<{ permissions: { push: boolean } }>(
    `/repos/${repositoryOf(env)}`,
  );
  if (!found?.permissions.push) {
    throw new StepFailure(
      `The Git credentials may not push ${env.GIT_URL}, or it does not exist.`,
    );
  }
  say(`The Git credentials may read and push ${env.GIT_URL}.`);
};

const setupWebhook: PlayedStep['play'] = async ({ env, webhooks, say }) => {
  const endpoint = need(env, 'WEBHOOK_ENDPOINT');
  const hooks = `/repos/${repositoryOf(env)}/hooks`;
  // The name in front of the path would lead to a load balancer, which is not there.
  const url = new URL(new URL(endpoint).pathname, webhooks).href;
  const git = gitOf(env);
  const existing = await git.call<{ config: { url: string } }[]>('GET', hooks);
  if (existing.some(({ config }) => config.url === url)) {
    say(`The webhook ${endpoint} is there already.`);
    return;
  }
  await git.call('POST', hooks, {
    type: 'gitea',
    active: true,
    events: ['push'],
    config: { content_type: 'json', url },
  });
  say(`Created the webhook ${endpoint} on ${repositoryOf(env)}.`);
};

const checkoutCode: PlayedStep['play'] = async ({ env, say }) => {
  const git = gitOf(env);
  const repository = repositoryOf(env);
  const revision = need(env, 'GIT_REVISION');
  const beyond = await git.find<{ total_commits: number }>(
    `/repos/${repository}/compare/${BRANCH}...${encodeURIComponent(revision)}`,
  );
  if (beyond?.total_commits !== 0) {
    throw new StepFailure(
      `${revision} is not on the branch ${BRANCH} of ${env.GIT_URL}: it is not built.`,
    );
  }
  const files = [
    inRepository(need(env, 'DOCKERFILE_PATH'), 'Dockerfile'),
    inRepository(need(env, 'DEPLOYMENT_PATH'), 'dev/application.yaml'),
  ];
  for (const file of files) {
    if (!(await git.file(repository, file, revision))) {
      throw new StepFailure(
        `${file} is missing in ${env.GIT_URL} at ${revision}.`,
      );
    }
  }
  const { sha, commit } = await git.call<{
    sha: string;
    commit: { author: { name: string }; message: string };
  }>('GET', `/repos/${repository}/git/commits/${revision}`);
  say(`${sha} ${commit.author.name}: ${commit.message.split('\n')[0]}`);
};

const runTests: PlayedStep['play'] = async ({ env, say }) => {
  const dockerfile = await gitOf(env).file(
    repositoryOf(env),
    inRepository(need(env, 'DOCKERFILE_PATH'), 'Dockerfile'),
    need(env, 'GIT_REVISION'),
  );
  if (/^FROM .* AS test *$/im.test(dockerfile?.content ?? '')) {
    say('The Dockerfile has a stage named test.');
    say('Local platform: no container runs here, so its tests were not run.');
  } else {
    say('The Dockerfile has no stage named test: no tests were run.');
  }
};

const buildAndPush: PlayedStep['play'] = async ({ env, say }) => {
  const image = `${need(env, 'ECR_MAIN_REPOSITORY')}:${need(env, 'IMAGE_TAG')}`;
  say(`Building ${image} from ${env.DOCKERFILE_PATH} at ${env.GIT_REVISION}`);
  say(
    'Local platform: no container runs here, so no image was built or pushed.',
  );
};

const updateDeployment: PlayedStep['play'] = async ({ env, say }) => {
  const git = gitOf(env);
  const repository = repositoryOf(env);
  const application = need(env, 'APPLICATION_NAME');
  const tag = need(env, 'IMAGE_TAG');
  const image = `${need(env, 'ECR_MAIN_REPOSITORY')}:${tag}`;
  const path = inRepository(
    need(env, 'DEPLOYMENT_PATH'),
    'dev/application.yaml',
  );
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const file = await git.file(repository, path, BRANCH);
    if (!file) {
      throw new StepFailure(`${path} is missing in ${env.GIT_URL}.`);
    }
    const content = withImage(file.content, { application, image, tag });
    if (content === file.content) {
      say(`${path} names ${image} already.`);
      return;
    }
    try {
      const commit = await git.commitFile(repository, {
        path,
        content,
        sha: file.sha,
        branch: BRANCH,
        message: `chore: update ${application} image to ${tag}`,
        author: AUTHOR,
      });
      say(`${path} now names ${image} (commit ${commit}).`);
      return;
    } catch (error) {
      // Somebody else was faster: start over from what is there now.
      if (!(error instanceof GiteaError && [409, 422].includes(error.status))) {
        throw error;
      }
    }
  }
  throw new StepFailure(
    `The branch ${BRANCH} moved ${ATTEMPTS} times while ${path} was being updated.`,
  );
};

/** The steps of the pipelines in `platform/kro`, by the name that a run shows. */
export const PLAYED_STEPS: Readonly<Record<string, PlayedStep>> = {
  'validate-resources': { seconds: 1, play: validateResources },
  'setup-secrets': { seconds: 1, play: setupSecrets },
  'setup-gitlab-webhook': { seconds: 1, play: setupWebhook },
  'warm-cache': {
    seconds: 3,
    play: async ({ env, say }) => {
      say(`Warming ${env.ECR_CACHE_REPOSITORY}`);
      say('Local platform: no container runs here, so no layer was cached.');
    },
  },
  'checkout-code': { seconds: 1, play: checkoutCode },
  'run-tests': { seconds: 2, play: runTests },
  'build-and-push': { seconds: 4, play: buildAndPush },
  'update-deployment': { seconds: 1, play: updateDeployment },
  'notify-completion': {
    seconds: 1,
    play: async ({ env, say }) => {
      say(
        `${env.APPLICATION_NAME}: image ${env.ECR_MAIN_REPOSITORY}:${env.IMAGE_TAG} is in deployment/dev; Argo CD takes it from here.`,
      );
    },
  },
};

/** A step that the platform does not know: it takes a moment and succeeds. */
export const UNKNOWN_STEP: PlayedStep = {
  seconds: 2,
  play: async ({ say }) => {
    say('Local platform: this step is not known here and was not played.');
  },
};
