import type { StepLogTail } from '../history/StepLogTails';
import type { LogRequest, StepLog } from './StepLogs';

/** What is said first, because it is not the log itself. */
const NOTE = 'The pod is gone. These lines were kept when the step failed.';
const CUT = `${NOTE} There were more before them.`;

/**
 * A log from what was kept of it.
 *
 * @returns `undefined` where something else was asked for
 */
export function keptLog(
  tail: StepLogTail,
  { container, previous, after, sinceSeconds, tailLines }: LogRequest,
): StepLog | undefined {
  const isAsked = container === undefined || container === tail.container;
  if (!isAsked || previous) {
    return undefined;
  }
  const from = Math.max(
    after === undefined ? -Infinity : Date.parse(after),
    sinceSeconds === undefined ? -Infinity : Date.now() - sinceSeconds * 1_000,
  );
  const lines = tail.lines
    .filter(({ time }) => time === undefined || Date.parse(time) > from)
    .slice(-tailLines);
  const isCut = tail.isCut || lines.length < tail.lines.length;
  return {
    run: tail.run,
    step: tail.step,
    node: tail.node,
    pod: tail.pod,
    container: tail.container,
    async *lines() {
      yield [{ text: isCut ? CUT : NOTE }, ...lines];
      return 'complete';
    },
  };
}
