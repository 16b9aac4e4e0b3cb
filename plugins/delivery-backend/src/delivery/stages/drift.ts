import {
  say,
  type Sentence,
  type UnsettledResource,
} from '@golden-path/plugin-delivery-common';
import type { ApplicationFacts, Facts } from '../facts';
import type { StageDraft } from './draft';

/**
 * Argo CD's default for the longest pause between two corrections of a drift, in seconds.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/server-commands/argocd-application-controller/
 */
const DEFAULT_SELF_HEAL_PAUSE = 300;

/** Resources that are not as Git says, though its revision was deployed: what, and what next. */
export function drift(
  environment: string,
  application: ApplicationFacts,
  facts: Pick<Facts, 'selfHealPause'>,
): StageDraft | undefined {
  const differing = differingOf(application);
  const [first] = differing;
  if (!first || !application.deployedRevisionCompared) {
    return undefined;
  }
  const [cause, nextStep] = said(
    {
      resource: titleOf(first),
      others: differing.length - 1,
      environment,
    },
    differing,
    application,
    facts,
  );
  return {
    status: 'waiting',
    sentence: cause,
    diagnosis: { cause, evidence: listed(differing), nextStep },
  };
}

function said(
  {
    others,
    ...values
  }: Record<'resource' | 'environment', string> & {
    others: number;
  },
  differing: readonly UnsettledResource[],
  application: ApplicationFacts,
  facts: Pick<Facts, 'selfHealPause'>,
): [cause: Sentence, nextStep: Sentence] {
  const more = { ...values, others };
  if (
    !application.prunes &&
    differing.every(({ sync }) => sync === 'RequiresPruning')
  ) {
    return [
      others === 0
        ? say('deploy.notPruned', values)
        : say('deploy.notPrunedMore', more),
      say('deploy.notPruned.next'),
    ];
  }
  if (isNotHealed(application, facts)) {
    return [
      others === 0
        ? say('deploy.notHealed', values)
        : say('deploy.notHealedMore', more),
      say('deploy.notHealed.next'),
    ];
  }
  return [
    others === 0
      ? say('deploy.drifted', values)
      : say('deploy.driftedMore', more),
    say(application.selfHeals ? 'deploy.healing.next' : 'deploy.drifted.next'),
  ];
}

/**
 * Whether Argo CD leaves a drift as it is that it should correct by itself.
 *
 * @remarks
 * It asks for the sync before it writes down that something differs, and then the state
 * of the last one is gone. So where that is still there and something differs, it has
 * decided not to sync: because it pauses, which begins with the end of the last sync, or
 * because something keeps it, such as a sync window. The object does not tell since when
 * something differs, and both moments are of Argo CD's own clock.
 */
function isNotHealed(
  { selfHeals, reconciledAt, operationFinishedAt }: ApplicationFacts,
  { selfHealPause = DEFAULT_SELF_HEAL_PAUSE }: Pick<Facts, 'selfHealPause'>,
): boolean {
  return (
    selfHeals &&
    reconciledAt !== undefined &&
    operationFinishedAt !== undefined &&
    Date.parse(reconciledAt) - Date.parse(operationFinishedAt) >
      selfHealPause * 1000
  );
}

/** What differs from Git. */
export function differingOf({
  unsettledResources = [],
}: ApplicationFacts): UnsettledResource[] {
  return unsettledResources.filter(({ sync }) => sync && sync !== 'Synced');
}

/** More lines would not be read. */
const MAXIMUM_LINES = 5;

/** Resources as evidence, a line each. */
export function listed(
  resources: readonly UnsettledResource[],
): string | undefined {
  const lines = resources
    .slice(0, MAXIMUM_LINES)
    .map(resource =>
      [titleOf(resource), resource.message ?? resource.sync]
        .filter(Boolean)
        .join(': '),
    );
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function titleOf({ kind, name }: UnsettledResource): string {
  return `${kind} ${name}`;
}
