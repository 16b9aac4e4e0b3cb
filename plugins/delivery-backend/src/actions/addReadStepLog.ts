import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { NotFoundError } from '@backstage/errors';
import type { Delivery, LogEnd } from '@golden-path/plugin-delivery-common';
import type { StepLog, StepLogs } from '../logs/StepLogs';
import type { DeliveryService } from '../service/DeliveryService';
import type { ActionAccess } from './ActionAccess';
import { fields, READS } from './fields';

/** What an agent can make use of at once. */
const MOST_LINES = 500;
const MOST_CHARACTERS = 60_000;
/** A log that is not followed is there at once. */
const DEADLINE_MS = 30_000;

/** The end of the log of a step. */
export function addReadStepLog(
  registry: ActionsRegistryService,
  access: ActionAccess,
  delivery: Pick<DeliveryService, 'read'>,
  logs: Pick<StepLogs, 'open'>,
): void {
  registry.register({
    name: 'read-step-log',
    title: "Read a step's log",
    description:
      'Reads the last lines of the log of a step of a run. Without a step it takes the one that failed, or else the one that runs. What looks like a credential is replaced by ***.',
    attributes: READS,
    schema: {
      input: zod =>
        zod.object({
          entity: fields.entity(zod),
          run: fields.run(zod),
          step: zod
            .string()
            .min(1)
            .max(1_000)
            .optional()
            .describe('Name or id of a step'),
          tailLines: zod.number().int().min(1).max(MOST_LINES).default(100),
          container: zod
            .string()
            .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
            .optional()
            .describe('The container that does the work if left out'),
          previous: zod
            .boolean()
            .optional()
            .describe('The container as it was before its last restart'),
        }),
      output: zod =>
        zod.object({
          run: zod.string(),
          step: zod.string(),
          container: zod.string(),
          lines: zod.array(zod.string()),
          end: zod.string().describe('"complete", or why there is no more'),
        }),
    },
    examples: [
      {
        title: 'Why a build failed',
        input: {
          entity: 'component:default/checkout',
          run: 'checkout-cicd-9f3c1',
          tailLines: 20,
        },
      },
    ],
    async action({ input, credentials }) {
      const { run, step, tailLines, container, previous = false } = input;
      const entity = await access.readForLog(
        input.entity,
        { run, step },
        credentials,
      );
      const document = delivery.read(entity);
      const signal = AbortSignal.timeout(DEADLINE_MS);
      const log = await logs.open(
        document,
        {
          run,
          step: step ?? stepInQuestion(document, run),
          tailLines,
          container,
          previous,
          follow: false,
        },
        signal,
      );
      const { lines, end } = await tailOf(log);
      return {
        output: {
          run,
          step: log.step,
          container: log.container,
          lines,
          end,
        },
      };
    },
  });
}

async function tailOf(
  log: StepLog,
): Promise<{ lines: string[]; end: LogEnd['reason'] }> {
  const all: string[] = [];
  const reading = log.lines();
  for (;;) {
    const { value, done } = await reading.next();
    if (done) {
      return { lines: fitting(all), end: value };
    }
    all.push(
      ...value.map(({ time, text }) => (time ? `${time} ${text}` : text)),
    );
  }
}

/** The last lines, as many as are not too long together. */
function fitting(lines: readonly string[]): string[] {
  let characters = 0;
  const from = lines.findLastIndex(line => {
    characters += line.length + 1;
    return characters > MOST_CHARACTERS;
  });
  return lines.slice(from + 1);
}

/** The step that failed, or that runs, or that ended last. */
function stepInQuestion({ runs }: Delivery, name: string): string {
  const steps = runs.find(run => run.name === name)?.steps ?? [];
  const found =
    steps.find(({ status, hook }) => status === 'failed' && !hook) ??
    steps.find(({ status, daemon }) => status === 'running' && !daemon) ??
    steps.findLast(({ type, startedAt }) => type === 'Pod' && startedAt);
  if (!found) {
    throw new NotFoundError(
      `Run "${name}" is not in the cluster any more, or no step of it has begun; delivery.list-runs tells which there are`,
    );
  }
  return found.id;
}
