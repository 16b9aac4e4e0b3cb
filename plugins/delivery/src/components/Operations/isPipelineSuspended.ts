import type { Stage } from '@golden-path/plugin-delivery-common';

/**
 * Whether kro leaves the pipeline as it is until somebody resumes it. Its status alone does
 * not tell: a set-up run that waits for somebody is suspended, too.
 */
export function isPipelineSuspended({
  kind,
  sentence,
}: Pick<Stage, 'kind' | 'sentence'>): boolean {
  return kind === 'pipeline' && sentence.code.startsWith('pipeline.suspended');
}
