import { KindState } from './types';

/** The state of a whole cluster in one line for the log. */
export function describeStates(states: readonly KindState[]): {
  level: 'info' | 'warn';
  message: string;
} {
  const groups = new Map<string, string[]>();
  const told = states.filter(
    ({ optional, state }) => !optional || state !== 'forbidden',
  );
  for (const { kind, state, reason } of told) {
    const title =
      reason && (state === 'stale' || state === 'forbidden')
        ? `${state} (${reason})`
        : state;
    groups.set(title, [...(groups.get(title) ?? []), kind]);
  }
  const bad = told.some(
    ({ state }) => state === 'stale' || state === 'forbidden',
  );
  return {
    level: bad ? 'warn' : 'info',
    message:
      [...groups]
        .map(([title, kinds]) =>
          kinds.length > 3 && title === 'live'
            ? `${kinds.length} kinds live`
            : `${kinds.join(', ')} ${title}`,
        )
        .join('; ') || 'nothing is watched',
  };
}
