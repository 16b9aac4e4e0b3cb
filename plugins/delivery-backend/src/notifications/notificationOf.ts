import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { say } from '@golden-path/plugin-delivery-common';
import { commitOf, shortTag } from '../delivery/image';
import { redactCredentials } from '../redactCredentials';
import type { BuildFailedEvent, DeliveryEvent } from './deliveryEvents';

export type Payload = NotificationSendOptions['payload'] & {
  scope: string;
  topic: string;
};

/** Backstage's database holds no longer ones. */
const MAXIMUM_LENGTH = 255;

/**
 * The words of an event, the same for all who are told. Backstage keeps notifications as
 * text, so they are in English. Messages of other systems are not repeated: they may quote
 * anything, and notifications go on to mail and chat.
 *
 * @param name - what people call the entity
 * @param tabPath - where the Delivery tab is below the page of an entity
 */
export function notificationOf(
  event: DeliveryEvent,
  name: string,
  tabPath: string,
): Payload {
  const { title, description } = wordsOf(event);
  return {
    // Each by itself: after a name such as "Access Token" a commit looks like its value.
    title: [name, title]
      .map(redactCredentials)
      .join(': ')
      .slice(0, MAXIMUM_LENGTH),
    description: redactCredentials(description),
    link: `${pageOf(event.entityRef)}/${tabPath}?${stateOf(event)}`,
    severity: event.kind === 'build-failed' ? 'high' : 'normal',
    topic: event.kind,
    scope: scopeOf(event).slice(0, MAXIMUM_LENGTH),
  };
}

function wordsOf(event: DeliveryEvent): { title: string; description: string } {
  switch (event.kind) {
    case 'build-failed':
      return failure(event);
    case 'live':
      return {
        title: `${called(event.tag)} is live in ${event.environment}`,
        description: say(
          commitOf(event.tag) ? 'summary.healthy' : 'summary.imageHealthy',
          { tag: shortTag(event.tag), environments: [event.environment] },
        ).text,
      };
    default: {
      const { from, to, held } = event;
      const values = { from, to, tag: shortTag(event.tag) };
      return {
        title: `${called(event.tag)} waits to be promoted to ${to}`,
        description: say(
          held === undefined ? 'promotion.first' : 'promotion.ready',
          values,
        ).text,
      };
    }
  }
}

function called(tag: string): string {
  return commitOf(tag) ? shortTag(tag) : `image ${tag}`;
}

const WHAT: Record<BuildFailedEvent['run']['purpose'], string> = {
  setup: 'the set-up of the pipeline',
  'initial-build': 'the first build',
  build: 'the build',
  manual: 'the build',
};

function failure({ run, step }: BuildFailedEvent) {
  const commit = commitOf(run.imageTag);
  const of = commit ? ` of ${shortTag(commit)}` : '';
  const isSetUp = run.purpose === 'setup';
  const values = { run: run.name, step: step ?? '' };
  const sentence = isSetUp
    ? say(step ? 'pipeline.setupFailedAt' : 'pipeline.setupFailed', values)
    : say(step ? 'build.failedAt' : 'build.failed', values);
  return {
    title: `${WHAT[run.purpose]}${of} failed`,
    description: sentence.text,
  };
}

/**
 * The page of an entity, where Backstage puts it.
 *
 * @see https://github.com/backstage/backstage/blob/master/plugins/catalog/src/alpha/pages.tsx
 */
function pageOf(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/catalog/${[namespace, kind, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

/** What the tab then shows, as it keeps it in its own URL. */
function stateOf(event: DeliveryEvent): URLSearchParams {
  return new URLSearchParams(
    event.kind === 'build-failed'
      ? { run: event.run.name }
      : { commit: event.tag },
  );
}

/** Backstage shows one notification per scope and user: a later one replaces the text. */
function scopeOf(event: DeliveryEvent): string {
  const where = event.kind === 'promotion-waiting' ? [event.to] : [];
  return [event.kind, event.entityRef, ...where].join(' ');
}
