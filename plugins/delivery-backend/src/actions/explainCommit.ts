import { InputError, NotFoundError } from '@backstage/errors';
import type {
  Delivery,
  Environment,
  Run,
  Stage,
} from '@golden-path/plugin-delivery-common';

/** Why a commit is live, or is not. */
export interface CommitExplanation {
  commit: string;
  /** Whether every environment runs it. */
  live: boolean;
  summary: string;
  /** The stage that it is at. */
  stage?: { id: string; status: string; summary: string };
  cause?: string;
  /** In the system's own words. */
  evidence?: string;
  nextStep?: string;
  /** The run that built it, and the step that it is at or failed at. */
  run?: { name: string; status: string; step?: string };
  environments: Array<{ name: string; runsIt: boolean; commit?: string }>;
}

/**
 * Tells where a commit is on its way to the last environment, and what keeps it there.
 *
 * @param commit - a full SHA or its beginning; without it the newest that was built
 * @throws NotFoundError for a commit that neither a run nor an environment holds
 */
export function explainCommit(
  delivery: Delivery,
  commit?: string,
): CommitExplanation {
  const { environments } = delivery;
  const sha = resolve(delivery, commit);
  const run = delivery.runs.find(each => each.commit === sha);
  const without = environments.find(({ image }) => image?.commit !== sha);
  const stage = stageOf(delivery, sha, run, without);
  const common = {
    commit: sha,
    run: run && { name: run.name, status: run.status, step: stepOf(run) },
    environments: environments.map(({ name, image }) => ({
      name,
      runsIt: image?.commit === sha,
      commit: image?.commit,
    })),
  };
  if (!stage) {
    const names = environments.map(({ name }) => name).join(', ');
    return { ...common, live: true, summary: `It runs in ${names}.` };
  }
  return {
    ...common,
    live: false,
    summary: `It is at stage "${stage.id}": ${stage.sentence.text}`,
    stage: {
      id: stage.id,
      status: stage.status,
      summary: stage.sentence.text,
    },
    cause: stage.diagnosis?.cause.text ?? stage.sentence.text,
    evidence: stage.diagnosis?.evidence,
    nextStep: stage.diagnosis?.nextStep.text,
  };
}

function resolve({ runs, environments }: Delivery, asked?: string): string {
  const known = [
    ...runs.map(({ commit }) => commit),
    ...environments.map(({ image }) => image?.commit),
  ].filter(commit => commit !== undefined);
  if (asked === undefined) {
    const [newest] = known;
    if (newest === undefined) {
      throw new NotFoundError(
        'No run has built a commit yet, and no environment runs one',
      );
    }
    return newest;
  }
  const found = [...new Set(known.filter(each => each.startsWith(asked)))];
  if (found.length > 1) {
    throw new InputError(
      `Field "commit" is "${asked}", which ${found.length} commits begin with; give more of it`,
    );
  }
  if (found.length === 0) {
    throw new NotFoundError(
      `No run and no environment holds commit ${asked}: its push started no run, or it was built too long ago; delivery.get-delivery-status tells of the stage "trigger"`,
    );
  }
  return found[0];
}

/** Nothing where every environment runs the commit, and well. */
function stageOf(
  { stages, environments }: Delivery,
  sha: string,
  run: Run | undefined,
  without: Environment | undefined,
): Stage | undefined {
  const isBuilt = environments.some(({ image }) => image?.commit === sha);
  const byId = (id: string) => stages.find(each => each.id === id);
  if (!isBuilt && run && run.status !== 'succeeded') {
    return byId('build');
  }
  const reached = without
    ? environments.slice(0, environments.indexOf(without))
    : environments;
  const troubled = stages.find(
    ({ environment, kind, status }) =>
      ['deploy', 'run'].includes(kind) &&
      status !== 'succeeded' &&
      reached.some(({ name }) => name === environment),
  );
  return (
    troubled ??
    (without &&
      (byId(`promotion:${without.name}`) ?? byId(`deploy:${without.name}`)))
  );
}

function stepOf({ steps }: Run): string | undefined {
  return (
    steps.find(({ status, hook }) => status === 'failed' && !hook) ??
    steps.find(({ status, daemon }) => status === 'running' && !daemon)
  )?.name;
}
