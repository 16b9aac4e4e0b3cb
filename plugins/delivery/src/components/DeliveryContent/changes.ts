import type { Delivery, Run, Stage } from '@golden-path/plugin-delivery-common';

/** Something that came to another status. */
export type Change = { of: 'stage'; stage: Stage } | { of: 'run'; run: Run };

/**
 * What a person who does not see the page wants to be told.
 *
 * @param previous - what was said already
 * @param next - the newer document of the same entity
 */
export function changesBetween(previous: Delivery, next: Delivery): Change[] {
  const stageStatus = new Map(
    previous.stages.map(stage => [stage.id, stage.status]),
  );
  const runStatus = new Map(previous.runs.map(run => [run.name, run.status]));
  return [
    ...next.stages
      .filter(stage => stageStatus.get(stage.id) !== stage.status)
      .map((stage): Change => ({ of: 'stage', stage })),
    ...next.runs
      .filter(run => runStatus.get(run.name) !== run.status)
      .map((run): Change => ({ of: 'run', run })),
  ];
}
