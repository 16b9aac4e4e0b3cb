import type { Delivery } from '@golden-path/plugin-delivery-common';
import { fixture } from '../../../__fixtures__';

/** A failed build, as the backend diagnoses it, with a past that can be gone back to. */
export function failedBuild(): Delivery {
  const delivery = fixture('failed-build');
  const [run] = delivery.runs;
  const build = delivery.stages.find(({ kind }) => kind === 'build');
  build!.diagnosis!.operation = { operation: 'retry-run', run: run.name };
  const [dev] = delivery.environments;
  dev.argoCd.automated = true;
  dev.argoCd.history = [
    { id: 8, revision: '8'.repeat(40), deployedAt: run.createdAt },
    { id: 7, revision: '7'.repeat(40), deployedAt: run.createdAt },
  ];
  return delivery;
}

/** Name of the run that failed. */
export const run = failedBuild().runs[0].name;
/** Label of the button that retries it. */
export const retryName = `Retry ${run}`;
