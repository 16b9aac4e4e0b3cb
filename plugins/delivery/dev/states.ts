import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { Delivery } from '@golden-path/plugin-delivery-common';
import { fixture } from '../src/__fixtures__';
import type { FixtureName } from '../src/__fixtures__';

/** States that are not in the document, or not in it alone. */
type OtherState =
  | 'not-permitted'
  | 'read-only'
  | 'polling'
  | 'travelling'
  | 'loading'
  | Refusal;

type Refusal =
  | 'forbidden'
  | 'not-found'
  | 'signed-out'
  | 'misunderstood'
  | 'unavailable';

/** What tab and card can be like, by the name of the entity, in the order of the list. */
export const deliveryStates: Record<FixtureName | OtherState, string> = {
  'day-0': 'Nothing exists yet: the catalog has the application, no cluster',
  'setting-up': 'The pipeline is being set up',
  'first-build': 'The first build runs',
  'on-the-way': 'A commit is being built; dev has the one before',
  'healthy-dev': 'A commit runs in dev',
  'ready-to-promote': 'Dev is commits ahead of prod, which waits for them',
  'healthy-prod': 'A promotion went through: prod has what dev has',
  'failed-build': 'A build failed; dev keeps what it has',
  'not-noticed': 'An image is published, and Argo CD has not noticed it',
  'image-pull': 'The image of dev cannot be pulled',
  drifted: 'Dev is not as Git says',
  suspended: 'Somebody holds the pipeline',
  'not-permitted': 'The user may look and may not press',
  'read-only': 'The plugin has no account that may act',
  'cluster-unreachable': 'The API server is down; what was known is shown',
  'cluster-never-reached': 'The API server has not answered yet',
  'source-forbidden': 'The account of the plugin may not read one kind',
  'crd-missing': 'The cluster does not have kro’s kind',
  'annotation-to-nothing': 'The annotation names a cluster that is none',
  polling: 'Streams do not get through; the page asks every ten seconds',
  travelling: 'One state after the other, as a push goes its way',
  loading: 'Nothing is known yet',
  forbidden: 'The user may not see it',
  'not-found': 'The catalog does not have it, or not for this user',
  'signed-out': 'The session has ended',
  misunderstood: 'The backend does not understand the question',
  unavailable: 'The backend does not answer',
};

/** What the page with all golden paths can be like. */
export const fleetStates: Record<string, string> = {
  some: 'A dozen, in all states',
  many: 'Five thousand',
  empty: 'None that the user may see',
  'cluster-unreachable': 'A cluster does not answer',
  loading: 'Nothing is known yet',
  forbidden: 'The user may not see the list',
  unavailable: 'The backend does not answer',
};

/** The document of a state. */
export function deliveryIn(state: string): Delivery {
  switch (state) {
    case 'polling':
      return fixture('healthy-dev');
    case 'not-permitted':
      return fixture('ready-to-promote');
    case 'read-only':
      return { ...fixture('ready-to-promote'), operable: undefined };
    default:
      return fixture(state as FixtureName);
  }
}

const REFUSALS: Record<Refusal, Error> = {
  forbidden: new NotAllowedError('Permission delivery.read is denied'),
  'not-found': new NotFoundError('No entity "component:default/not-found"'),
  'signed-out': new AuthenticationError('The token has expired'),
  misunderstood: new InputError('Unknown query parameter "since"'),
  unavailable: new Error('Failed to fetch'),
};

/** @throws in the states that are refusals */
export function refuse(state: string): void {
  if (state in REFUSALS) {
    throw REFUSALS[state as Refusal];
  }
}
