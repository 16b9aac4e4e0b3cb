/** What a process of clients is told. */
export type Command =
  | { type: 'open'; count: number }
  /** Which arrivals there were since this was asked last. */
  | { type: 'take' };

/** What it answers, one answer per command. */
export type Answer =
  | { type: 'opened'; bytes: number }
  | { type: 'arrivals'; arrivals: Arrival[] };

/** When clients got a change: numbers of the change and times by the clock of the machine. */
export type Arrival = [change: number, at: number];

/** What a mark begins with; six digits follow. */
export const MARK_PREFIX = 'bench-change-';

/** Written into a change so that it is recognised wherever it arrives. */
export const markOf = (change: number) =>
  `${MARK_PREFIX}${String(change).padStart(6, '0')}`;

const MARK = Buffer.from(MARK_PREFIX);

/** The number of the change that an event tells of. */
export function changeIn(event: Buffer): number | undefined {
  const at = event.indexOf(MARK);
  return at < 0
    ? undefined
    : Number(event.toString('latin1', at + MARK.length, at + MARK.length + 6));
}
