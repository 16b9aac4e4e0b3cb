import type { SystemStatus } from './status.ts';

const REPEAT_MS = 30_000;

/** Seconds as people say them. */
export function duration(seconds: number): string {
  return seconds < 90
    ? `${Math.round(seconds)} s`
    : `${Math.round(seconds / 60)} min`;
}

/** One line about a system, for the terminal. */
export function describe(system: SystemStatus): string {
  const { title, state, message, expectedSeconds } = system;
  const usually =
    expectedSeconds !== undefined && state !== 'ready'
      ? ` (usually ${duration(expectedSeconds)})`
      : '';
  return `${title}: ${message ?? state}${usually}`;
}

/**
 * Turns changes of status into lines worth reading: each new state and each new thing being done at once, mere counting
 * twice a minute.
 */
export function progressPrinter(
  print: (line: string) => void,
  now: () => number = Date.now,
): (system: SystemStatus) => void {
  const last = new Map<string, { topic: string; at: number }>();
  return system => {
    const { name, state, message = '', lastLines = [] } = system;
    const topic = `${state} ${
      state === 'building' ? message.split(':')[0] : message
    }`;
    const before = last.get(name);
    if (before?.topic === topic && now() - before.at < REPEAT_MS) {
      return;
    }
    last.set(name, { topic, at: now() });
    print(describe(system));
    for (const line of lastLines) {
      print(`    ${line}`);
    }
  };
}
