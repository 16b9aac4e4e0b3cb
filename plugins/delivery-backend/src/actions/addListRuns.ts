import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { RecordedRun, Run } from '@golden-path/plugin-delivery-common';
import type { HistoryReader } from '../history/HistoryReader';
import { pipelineKey } from '../history/pipelineKey';
import type { DeliveryService } from '../service/DeliveryService';
import type { ActionAccess } from './ActionAccess';
import { fields, READS } from './fields';

/** Runs of the pipeline of an entity, those included that the cluster forgot. */
export function addListRuns(
  registry: ActionsRegistryService,
  access: ActionAccess,
  delivery: Pick<DeliveryService, 'read'>,
  history: Pick<HistoryReader, 'runs'>,
): void {
  registry.register({
    name: 'list-runs',
    title: 'List pipeline runs',
    description:
      'Lists the runs of the pipeline of an application, newest first, with the commit that each builds and the step at which it failed. Runs that the cluster no longer has come from the history.',
    attributes: READS,
    schema: {
      input: zod =>
        zod.object({
          entity: fields.entity(zod),
          limit: zod.number().int().min(1).max(50).default(10),
        }),
      output: zod =>
        zod.object({
          runs: zod.array(
            zod.object({
              name: zod.string(),
              purpose: zod.string(),
              status: zod.string(),
              commit: zod.string().optional(),
              imageTag: zod.string().optional(),
              startedAt: zod.string().optional(),
              finishedAt: zod.string().optional(),
              inCluster: zod
                .boolean()
                .describe('Whether its logs may still be there'),
              failedStep: zod
                .object({
                  name: zod.string(),
                  message: zod.string().optional(),
                })
                .optional(),
            }),
          ),
        }),
    },
    examples: [
      {
        title: 'The last three runs of "checkout"',
        input: { entity: 'component:default/checkout', limit: 3 },
      },
    ],
    async action({ input, credentials }) {
      const entity = await access.read(input.entity, credentials);
      const { runs, location } = delivery.read(entity);
      const { limit } = input;
      const recorded = await history.runs(pipelineKey(location), { limit });
      const newest = newestFirst(runs, recorded.runs).slice(0, limit);
      return {
        output: {
          runs: newest.map(({ run, inCluster }) => ({
            ...inShort(run),
            inCluster,
          })),
        },
      };
    },
  });
}

/** Clusters keep the set-up for long and builds only for a while: either may be newer. */
function newestFirst(runs: readonly Run[], recorded: readonly RecordedRun[]) {
  const known = new Set(runs.map(({ name }) => name));
  return [
    ...runs.map(run => ({ run, inCluster: true })),
    ...recorded
      .filter(({ name }) => !known.has(name))
      .map(run => ({ run, inCluster: false })),
  ].sort((a, b) => Date.parse(b.run.createdAt) - Date.parse(a.run.createdAt));
}

function inShort(run: Run | RecordedRun) {
  const failed = run.steps.find(
    ({ status, hook }) => status === 'failed' && !hook,
  );
  return {
    name: run.name,
    purpose: run.purpose,
    status: run.status,
    commit: run.commit,
    imageTag: run.imageTag,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    failedStep: failed && { name: failed.name, message: failed.message },
  };
}
