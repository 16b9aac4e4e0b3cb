/*
 * Records what the tab is told in each of its states, for the tests and the gallery of the
 * frontend: `node scripts/recordTabStates.mjs` with a local platform that is up.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  deliverySchema,
  type Delivery,
} from '@golden-path/plugin-delivery-common';
import { gitea } from '../git/__testUtils__/gitea';
import { until } from '../kubernetes/__testing__/until';
import { failStep, healStep } from './failingStep';
import { environmentOf, GoldenPath, runs, stageOf } from './GoldenPath';
import { openPortal, type Portal } from './openPortal';
import { refuseImage } from './refuseImage';
import { Stable } from './Stable';

const TARGET = path.join(
  resolvePackagePath('@golden-path/plugin-delivery-backend'),
  '../delivery/src/__fixtures__/recorded',
);
const name = `r${Date.now().toString(36)}`;
/** What differs from recording to recording is said the same each time. */
const stable = new Stable();

let portal: Portal;
let app: GoldenPath;

function save(state: string, delivery: Delivery): void {
  const recording = {
    recordedAt: new Date().toISOString(),
    delivery: deliverySchema.parse(delivery),
  };
  writeFileSync(
    path.join(TARGET, `${state}.json`),
    `${stable.of(JSON.stringify(recording, undefined, 2))}\n`,
  );
}

/** Waits for a state and saves it. */
async function record(
  state: string,
  isSo: (delivery: Delivery) => unknown,
  seconds = 90,
  from?: number,
): Promise<Delivery> {
  const { delivery } = await app.stream.until(state, isSo, seconds, from);
  save(state, delivery);
  return delivery;
}

/** Pushes a commit that starts a build. */
async function push(commit: {
  file: string;
  title: string;
  author: string;
  as: { sha: string; run: string };
}): Promise<string> {
  const { file, title, author, as } = commit;
  const pushed = await gitea('POST', `${app.repository}/contents/${file}`, {
    content: Buffer.from('package main\n').toString('base64'),
    branch: 'main',
    message: title,
    author: { name: author, email: 'developer@example.com' },
  });
  const { sha } = pushed.commit;
  stable.say(sha, as.sha).say(sha.slice(0, 7), as.sha.slice(0, 7));
  const run = await app.untilRun(`${title} runs`, it => it.commit === sha);
  stable.say(run.name.replace(name, 'orders'), as.run);
  return sha;
}

/** As the template writes it. */
const descriptorOf = (
  component: string,
  source: string,
) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${component}
  annotations:
    backstage.io/source-location: url:${source}
    kro.run/resource-group: cicdpipeline.kro.run
    kro.run/instance-name: ${component}-cicd-pipeline
    kro.run/instance-namespace: team-${component}
spec:
  type: service
  lifecycle: production
  owner: group:default/payments
`;

/** Healthy in the words of Argo CD as well. */
const settled = (environment: string, tag: string) => (it: Delivery) =>
  runs(environment, tag)(it) &&
  environmentOf(it, environment)?.argoCd.health === 'Healthy';

const isAtStep = (step: string) => (it: Delivery) =>
  stageOf(it, 'build')?.sentence.values?.step === step;

beforeAll(async () => {
  portal = await openPortal();
});

afterAll(async () => {
  await healStep('run-tests', name);
  await portal?.close();
});

it('records an application that only the catalog has', async () => {
  // Made without a pipeline: that of the template is there before one can look.
  const fresh = `${name}-0`;
  stable.say(fresh, 'orders');
  const repository = await gitea('POST', '/orgs/golden-path/repos', {
    name: fresh,
  });
  const source = `${repository.html_url}/src/branch/main/`;
  await gitea(
    'POST',
    `/repos/golden-path/${fresh}/contents/catalog-info.yaml`,
    {
      branch: 'main',
      message: 'Describe the application',
      content: Buffer.from(descriptorOf(fresh, source)).toString('base64'),
    },
  );
  const registered = await fetch(
    portal.url.replace('/delivery', '/catalog/locations'),
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'url',
        target: `${source}catalog-info.yaml`,
      }),
    },
  );
  expect(registered.status).toBe(201);
  await until('the catalog has it', async () => {
    const entity = `/catalog/entities/by-name/component/default/${fresh}`;
    return (await fetch(portal.url.replace('/delivery', entity))).ok;
  });
  app = await GoldenPath.follow(portal, fresh, `team-${fresh}`);
  await record('day-0', it => it.summary.sentence.code === 'summary.missing');
  app.stream.close();
});

it('records a new application', async () => {
  stable.say(name, 'orders');
  app = await portal.makeApp(name);
  await record(
    'setting-up',
    it => it.runs.some(run => run.purpose === 'setup' && run.steps.length > 0),
    90,
    0,
  );
  await record('first-build', isAtStep('build-and-push'));
  await app.until('dev runs the first image', runs('dev', 'initial'), 120);
});

it('records a push', async () => {
  const sha = await push({
    file: 'totals.go',
    title: 'Round totals per line',
    author: 'Ada Lovelace',
    as: {
      sha: '9dfa7278f8026c486bda25833ed78ca612aa4eee',
      run: 'orders-cicd-cicd-ww2qv',
    },
  });
  await record('on-the-way', isAtStep('build-and-push'));
  await record('healthy-dev', settled('dev', sha));
});

it('records a build that fails', async () => {
  await failStep('run-tests', name, '2 of 214 tests failed');
  await push({
    file: 'rebates.go',
    title: 'Apply rebates before taxes',
    author: 'Grace Hopper',
    as: {
      sha: '5a033f7ae47bc5402804e0f95f6c53c53f1433c6',
      run: 'orders-cicd-cicd-g2h5h',
    },
  });
  await record('failed-build', it => stageOf(it, 'build')?.status === 'failed');
  await healStep('run-tests', name);
});

it('records an image that Argo CD has not noticed', async () => {
  const hooks = await gitea('GET', '/admin/hooks');
  const { id } = hooks.find((hook: any) =>
    hook.config.url.endsWith('/api/webhook'),
  );
  await gitea('PATCH', `/admin/hooks/${id}`, { active: false });
  try {
    const refresh = { operation: 'refresh', environment: 'dev' } as const;
    // When it has just looked, it does not by itself for a while.
    const lookedAt = async () =>
      (await portal.cluster.send('GET', app.argoCd('dev'))).status.reconciledAt;
    const before = await lookedAt();
    await app.ask(refresh);
    await until(
      'Argo CD has looked',
      async () => (await lookedAt()) !== before,
    );
    const sha = await push({
      file: 'currency.go',
      title: 'Name the currency of each total',
      author: 'Ada Lovelace',
      as: {
        sha: 'c41b8d02f6f34d1c9a2f9e1f7cde5a60b7d31e84',
        run: 'orders-cicd-cicd-k7m4x',
      },
    });
    await record(
      'not-noticed',
      it => stageOf(it, 'deploy:dev')?.sentence.code === 'deploy.notNoticed',
    );
    await app.ask(refresh);
    await app.until('dev runs it', runs('dev', sha));
  } finally {
    await gitea('PATCH', `/admin/hooks/${id}`, { active: true });
  }
});

it('records an image that cannot be pulled', async () => {
  const refused = await refuseImage(portal.cluster, `${app.namespace}-dev`);
  await record(
    'image-pull',
    it => stageOf(it, 'run:dev')?.sentence.code === 'run.imagePull',
  );
  await refused.replace();
  await app.until(
    'another pod runs',
    it => stageOf(it, 'run:dev')?.status === 'succeeded',
  );
});

it('records a pipeline that is held, and what drifts meanwhile', async () => {
  await app.ask({ operation: 'suspend-pipeline' });
  await record(
    'suspended',
    it => stageOf(it, 'pipeline')?.status === 'suspended',
  );
  // As kro lets it be, too: else Argo CD undoes the change before anybody sees it.
  await portal.cluster.send('PATCH', app.argoCd('dev'), {
    spec: { syncPolicy: { automated: { selfHeal: false } } },
  });
  const application = `/apis/core.oam.dev/v1beta1/namespaces/${app.namespace}-dev/applications/${name}`;
  const { spec } = await portal.cluster.send('GET', application);
  spec.components[0].properties.replicas = 3;
  await portal.cluster.send('PATCH', application, { spec });
  await record(
    'drifted',
    it => stageOf(it, 'deploy:dev')?.sentence.code === 'deploy.drifted',
  );
  await app.ask({ operation: 'sync', environment: 'dev' });
  await app.ask({ operation: 'resume-pipeline' });
  await app.until(
    'dev is as Git says',
    it =>
      stageOf(it, 'pipeline')?.status === 'succeeded' &&
      stageOf(it, 'deploy:dev')?.status === 'succeeded',
  );
});

it('records a promotion', async () => {
  const tag = environmentOf(app.now, 'dev')!.image!.tag!;
  const { body } = await app.ask({ operation: 'promote', environment: 'prod' });
  await app.merge(body);
  await record('healthy-prod', it => {
    const journey = it.journeys?.find(each => each.commit === tag);
    return settled('prod', tag)(it) && journey?.status === 'succeeded';
  });
});
