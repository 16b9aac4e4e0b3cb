import { say } from '@golden-path/plugin-delivery-common';
import type { RepositoryFacts } from '../facts';
import { shortTag } from '../image';
import { forgottenTag, newestPublished } from '../runs';
import type { StageContext, StageDraft } from './draft';
import { isActive } from './pipeline';

/** The image repository, and the newest image in it. */
export function imageStage(context: StageContext): StageDraft {
  const { facts, environments } = context;
  const repository = facts.repositories.find(({ cache }) => !cache);
  if (!repository) {
    return {
      status: isActive(facts.pipeline) ? 'missing' : 'waiting',
      sentence: say('image.noRepository'),
    };
  }
  const unready = notReady(repository);
  if (unready) {
    return unready;
  }
  const published = newestPublished(facts);
  // Runs are forgotten after an hour or two; the environments still tell.
  const forgotten = forgottenTag(context, published);
  const tag =
    forgotten ??
    published?.imageTag ??
    environments.find(({ image }) => image?.tag)?.image?.tag;
  return {
    word: repository.uri,
    ...(tag === undefined
      ? { status: 'waiting', sentence: say('image.waiting') }
      : {
          status: 'succeeded',
          sentence: say('image.newest', { tag: shortTag(tag) }),
          since: forgotten ? undefined : published?.finishedAt,
        }),
  };
}

/** @see https://aws-controllers-k8s.github.io/community/docs/user-docs/resource-crud/ */
function notReady({
  uri,
  conditions,
}: RepositoryFacts): StageDraft | undefined {
  const isTrue = (type: string) =>
    conditions.find(
      condition => condition.type === type && condition.status === 'True',
    );
  const terminal = isTrue('ACK.Terminal');
  if (terminal) {
    return {
      status: 'failed',
      sentence: say('image.failed'),
      since: terminal.since,
      diagnosis: {
        cause: say('image.failed'),
        evidence: terminal.message ?? terminal.reason,
        nextStep: say('image.failed.next'),
      },
    };
  }
  if (uri || isTrue('ACK.ResourceSynced')) {
    return undefined;
  }
  // The controller tries again by itself, for example when it may not assume its role yet.
  const recoverable =
    isTrue('ACK.Recoverable') ??
    conditions.find(
      ({ type, status }) =>
        type === 'ACK.IAMRoleSelected' && status === 'False',
    );
  const evidence = recoverable?.message ?? recoverable?.reason;
  return evidence
    ? {
        status: 'running',
        sentence: say('image.retrying'),
        since: recoverable?.since,
        diagnosis: {
          cause: say('image.retrying'),
          evidence,
          nextStep: say('image.failed.next'),
        },
      }
    : { status: 'running', sentence: say('image.creating') };
}
