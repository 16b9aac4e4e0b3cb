import { noFacts, type Facts } from './facts';
import { whyNotBuilt, type Push } from './unbuilt';

const deployed = [{ type: 'Deployed', status: 'True' }];

const listening: Facts = {
  ...noFacts(),
  listeners: [
    { kind: 'EventSource', name: 'checkout-eventsource', conditions: deployed },
    {
      kind: 'Sensor',
      name: 'checkout-sensor',
      conditions: deployed,
      filter: { refs: ['refs/heads/main'], script: true },
    },
  ],
};

const push: Push = { branch: 'main', authors: ['Jane'], paths: ['src/a.ts'] };

const deaf = (listener: object): Facts => ({
  ...listening,
  listeners: listening.listeners.map(each => ({ ...each, ...listener })),
});

it.each<[string, Facts, Partial<Push>, string, string | undefined]>([
  [
    'another branch',
    listening,
    { branch: 'try' },
    'push.otherBranch',
    undefined,
  ],
  [
    'the pipeline’s own commit',
    listening,
    { authors: ['CI/CD Pipeline'] },
    'push.ownCommit',
    undefined,
  ],
  [
    'manifests only',
    listening,
    { paths: ['deployment/prod/application.yaml'] },
    'push.deploymentOnly',
    undefined,
  ],
  [
    'a listener that is not deployed',
    deaf({
      conditions: [{ type: 'Deployed', status: 'False', message: 'no bus' }],
    }),
    {},
    'push.notListening',
    'no bus',
  ],
  [
    'a listener whose pods do not run',
    deaf({ listening: { desired: 1, available: 0, message: 'timed out' } }),
    {},
    'push.notListening',
    'timed out',
  ],
  [
    'paths that are not known',
    listening,
    { paths: undefined },
    'push.filtered',
    undefined,
  ],
  ['nothing that stands in its way', listening, {}, 'push.lost', undefined],
])('explains %s', (_name, facts, changed, code, evidence) => {
  const { cause, evidence: words } = whyNotBuilt(facts, {
    ...push,
    ...changed,
  });
  expect([cause.code, words]).toEqual([code, evidence]);
});
