const DAY_MS = 86_400_000;

/** What a chart shows, in milliseconds since 1970: whole days of the user, the last is today. */
export type Span = { from: number; to: number; days: number };

/** The days that end today. */
export function spanOf(days: number, now: number): Span {
  const first = new Date(now);
  first.setHours(0, 0, 0, 0);
  first.setDate(first.getDate() - days + 1);
  const end = new Date(now);
  end.setHours(24, 0, 0, 0);
  return { from: first.getTime(), to: end.getTime(), days };
}

/**
 * The day of a span that a moment lies in, counted from 0; a day that has 23 or 25 hours
 * moves none of the others.
 */
export function dayIn(span: Span, time: number): number {
  const day = new Date(time);
  day.setHours(0, 0, 0, 0);
  return Math.round((day.getTime() - span.from) / DAY_MS);
}

/** A day of a span, counted from 0. */
export function dateOf(span: Span, day: number): Date {
  const date = new Date(span.from);
  date.setDate(date.getDate() + day);
  return date;
}
