import type { Delivery } from '@golden-path/plugin-delivery-common';

/**
 * Differs from the one before when something has ended that the backend writes down: a
 * run, a deployment, a promotion, or a change of an environment's health.
 *
 * @param delivery - as the stream tells it
 */
export function pastMark(
  delivery: Pick<Delivery, 'runs' | 'environments' | 'stages'>,
): string {
  const ends = delivery.runs.flatMap(({ finishedAt }) => finishedAt ?? []);
  return JSON.stringify([
    ends.length,
    ends.sort().at(-1),
    ...delivery.environments.map(({ name, argoCd }) => [
      name,
      argoCd.history?.at(0)?.id,
      argoCd.deployedAt,
      argoCd.operation,
      argoCd.health,
    ]),
    ...delivery.stages.flatMap(({ kind, status, links }) =>
      kind === 'promotion' ? [status, ...links.map(({ url }) => url)] : [],
    ),
  ]);
}
