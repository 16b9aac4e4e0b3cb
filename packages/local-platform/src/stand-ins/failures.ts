import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesObject } from '../cluster/manifests.ts';

export const FAILURES_NAMESPACE = 'local-platform';
const NAME = 'failing-steps';
/** Separates step and application in a key of the ConfigMap; neither may contain it. */
const SEPARATOR = '.';
const DEFAULT_MESSAGE = 'told to fail by the local platform';

/** A step that is to fail until healed. */
export interface FailingStep {
  step: string;
  /** Application whose runs it fails; without one, the runs of all. */
  app?: string;
  message: string;
}

const reference = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: NAME, namespace: FAILURES_NAMESPACE },
};

const keyOf = ({ step, app }: Pick<FailingStep, 'step' | 'app'>) =>
  app ? `${step}${SEPARATOR}${app}` : step;

/** What the ConfigMap says; keys are `STEP` or `STEP.APP`, values are messages. */
export function readFailures(
  object: KubernetesObject | undefined,
): FailingStep[] {
  const data = (object?.data ?? {}) as Record<string, string>;
  return Object.entries(data).map(([key, message]) => {
    const [step, app] = key.split(SEPARATOR);
    return { step, app, message };
  });
}

/** The failure that concerns a step; one for the application goes before one for all. */
export function failureOf(
  failures: FailingStep[],
  step: string,
  app: string | undefined,
): FailingStep | undefined {
  const concerned = failures.filter(failure => failure.step === step);
  return (
    concerned.find(
      failure => failure.app !== undefined && failure.app === app,
    ) ?? concerned.find(failure => failure.app === undefined)
  );
}

export async function failingSteps(cluster: Cluster): Promise<FailingStep[]> {
  return readFailures(await cluster.read(reference));
}

async function write(cluster: Cluster, failures: FailingStep[]): Promise<void> {
  await cluster.apply(
    [
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: FAILURES_NAMESPACE },
      },
      {
        ...reference,
        data: Object.fromEntries(
          failures.map(failure => [keyOf(failure), failure.message]),
        ),
      },
    ],
    'local-platform',
  );
}

/** From now on a step fails wherever it runs, with a message that its run shows. */
export async function failStep(
  cluster: Cluster,
  failure: { step: string; app?: string; message?: string },
): Promise<void> {
  const others = (await failingSteps(cluster)).filter(
    other => keyOf(other) !== keyOf(failure),
  );
  await write(cluster, [
    ...others,
    { ...failure, message: failure.message ?? DEFAULT_MESSAGE },
  ]);
}

/** Ends failures: of one step (of one application), or all. */
export async function healSteps(
  cluster: Cluster,
  which: { step?: string; app?: string } = {},
): Promise<void> {
  const left = (await failingSteps(cluster)).filter(
    ({ step, app }) =>
      (which.step !== undefined && which.step !== step) ||
      (which.app !== undefined && which.app !== app),
  );
  await write(cluster, left);
}
