import { COMMIT, OLDER_COMMIT } from '../__testUtils__/objects';
import { ENTITY } from './__testUtils__/observe';
import type { DeliveryEvent } from './deliveryEvents';
import { notificationOf } from './notificationOf';

const of = { key: 'k', entityRef: ENTITY, at: 0, dueAt: 0 };

const failed = (run: object, step?: string): DeliveryEvent => ({
  ...of,
  kind: 'build-failed',
  run: { name: 'checkout-cicd-x7', purpose: 'build', ...run },
  step,
});

const waits = (fields: object): DeliveryEvent => ({
  ...of,
  kind: 'promotion-waiting',
  pipeline: 'p',
  from: 'dev',
  to: 'prod',
  tag: COMMIT,
  ...fields,
});

const live = (fields: object): DeliveryEvent => ({
  ...of,
  kind: 'live',
  environment: 'prod',
  tag: COMMIT,
  pipeline: 'p',
  deployment: { cluster: 'hub', applicationUid: 'u', id: '7' },
  ...fields,
});

it.each<[string, DeliveryEvent, string, string, string]>([
  [
    'a build',
    failed({ imageTag: COMMIT }, 'run-tests'),
    'Checkout: the build of 9f3c1ab failed',
    'Run checkout-cicd-x7 failed at step run-tests.',
    'run=checkout-cicd-x7',
  ],
  [
    'the first build',
    failed({ imageTag: 'initial', purpose: 'initial-build' }),
    'Checkout: the first build failed',
    'Run checkout-cicd-x7 failed.',
    'run=checkout-cicd-x7',
  ],
  [
    'the set-up',
    failed({ purpose: 'setup' }, 'validate-resources'),
    'Checkout: the set-up of the pipeline failed',
    'Set-up run checkout-cicd-x7 failed at step validate-resources.',
    'run=checkout-cicd-x7',
  ],
  [
    'what is live',
    live({}),
    'Checkout: 9f3c1ab is live in prod',
    '9f3c1ab runs in prod.',
    `commit=${COMMIT}`,
  ],
  [
    'the first image',
    live({ tag: 'initial' }),
    'Checkout: image initial is live in prod',
    'Image initial runs in prod.',
    'commit=initial',
  ],
  [
    'a promotion',
    waits({ held: OLDER_COMMIT }),
    'Checkout: 9f3c1ab waits to be promoted to prod',
    'dev runs 9f3c1ab, prod does not.',
    `commit=${COMMIT}`,
  ],
  [
    'the first promotion',
    waits({}),
    'Checkout: 9f3c1ab waits to be promoted to prod',
    'Image 9f3c1ab can be promoted to prod for the first time.',
    `commit=${COMMIT}`,
  ],
])('tells of %s', (_, event, title, description, state) => {
  expect(notificationOf(event, 'Checkout', 'delivery')).toMatchObject({
    title,
    description,
    link: `/catalog/default/component/checkout/delivery?${state}`,
    severity: event.kind === 'build-failed' ? 'high' : 'normal',
    topic: event.kind,
  });
});

it('has one scope per entity, kind and environment, so that a later one updates', () => {
  const scopes = [
    failed({ name: 'a' }),
    failed({ name: 'b' }),
    live({}),
    live({ tag: OLDER_COMMIT }),
    waits({}),
    waits({ tag: OLDER_COMMIT }),
    waits({ to: 'staging' }),
    { ...live({}), entityRef: 'component:default/other' },
  ].map(event => notificationOf(event, 'Checkout', 'delivery').scope);
  expect(new Set(scopes).size).toBe(5);
});

it('fits into the columns of Backstage, and leaves out what looks like a credential', () => {
  const long = `${'n'.repeat(300)}`;
  const notification = notificationOf(
    failed({ imageTag: COMMIT }, 'deploy --token glpat-canary-0123456789'),
    long,
    'delivery',
  );
  expect(notification.title).toHaveLength(255);
  expect(JSON.stringify(notification)).not.toContain('canary');
});

it('tells the commit also of what is called like a credential', () => {
  const title = (name: string) =>
    notificationOf(live({}), name, 'delivery').title;
  expect(title('Access Token')).toBe('Access Token: 9f3c1ab is live in prod');
  expect(title('glpat-canary-0123456789')).toBe('***: 9f3c1ab is live in prod');
});
