const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const AGE_UNITS: ReadonlyArray<[number, Intl.RelativeTimeFormatUnit]> = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
];

const DURATION_UNITS: ReadonlyArray<[number, string]> = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
];

/** To make a format takes as long as to use it a hundred times. */
function kept<F>(make: (key: string) => F): (key: string) => F {
  const made = new Map<string, F>();
  return key => {
    const format = made.get(key) ?? make(key);
    made.set(key, format);
    return format;
  };
}

const ages = kept(
  (language: string) =>
    new Intl.RelativeTimeFormat(language, { numeric: 'always' }),
);

const moments = kept(
  (language: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' }),
);

const instants = kept(
  (language: string) =>
    new Intl.DateTimeFormat(language, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      timeZoneName: 'short',
    }),
);

const counts = kept((language: string) =>
  kept(
    (unit: string) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
      }),
  ),
);

/**
 * How long ago, in the user's language, for example `4 minutes ago`.
 *
 * @param since - ISO 8601
 * @param now - milliseconds since 1970; where `since` is later, because two clocks
 * differ, no time has passed
 * @param language - BCP 47
 * @returns undefined for less than two seconds
 */
export function formatAge(
  since: string,
  now: number,
  language: string,
): string | undefined {
  const passed = now - Date.parse(since);
  if (passed < 2 * SECOND) {
    return undefined;
  }
  const [length, unit] = AGE_UNITS.find(([size]) => passed >= size)!;
  return ages(language).format(-Math.floor(passed / length), unit);
}

/**
 * A length of time in its two greatest units, for example `2 min 11 sec`.
 *
 * @param milliseconds - below zero, because two clocks differ, counts as zero
 * @param language - BCP 47
 */
export function formatDuration(milliseconds: number, language: string): string {
  const total = Math.max(0, Math.round(milliseconds / SECOND) * SECOND);
  const greatest = DURATION_UNITS.findIndex(([size]) => total >= size);
  const first = greatest < 0 ? DURATION_UNITS.length - 1 : greatest;
  let rest = total;
  return DURATION_UNITS.slice(first, first + 2)
    .map(([size, unit], index) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return index > 0 && count === 0
        ? ''
        : counts(language)(unit).format(count);
    })
    .filter(Boolean)
    .join(' ');
}

/** A moment in full, in the user's language and time zone. */
export function formatMoment(moment: string, language: string): string {
  return moments(language).format(new Date(moment));
}

/** A moment to the millisecond, in the user's language and time zone. */
export function formatInstant(moment: string, language: string): string {
  return instants(language).format(new Date(moment));
}
