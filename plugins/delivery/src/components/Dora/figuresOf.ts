import type { Dora, DoraFigures } from '@golden-path/plugin-delivery-common';
import type { Words } from '../../language';
import { formatDuration } from '../../language/time';

/** The four figures, in the order in which DORA names them. */
export const FIGURES = [
  'deployments',
  'leadTime',
  'failures',
  'restore',
] as const;

/** Name of one of {@link FIGURES}. */
export type FigureName = (typeof FIGURES)[number];

/** One figure in words; `value` is absent where there is not enough data, as the note says. */
export type Figure = { value?: string; note?: string };

type Language = Pick<Words, 't' | 'language'>;

/** What the figures of a window say. */
export function figuresOf(
  dora: DoraFigures,
  { t, language }: Language,
): Record<FigureName, Figure> {
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language, options).format(value);
  const {
    deploymentFrequency: frequency,
    leadTimeForChanges: leadTime,
    changeFailureRate: failures,
    timeToRestore: restore,
    unrestored,
  } = dora;
  const needs = (figure: FigureName) => t(`dora.needs.${figure}`);
  const medianOf = (of: { samples: number }) =>
    t('dora.median', { number: number(of.samples) });
  const restoreNote = () => {
    if (unrestored) {
      return t('dora.unrestored', { number: number(unrestored) });
    }
    if (restore) {
      return medianOf(restore);
    }
    return needs(failures ? 'restore' : 'failures');
  };
  return {
    deployments: {
      value: frequency && howOften(frequency.perDay, { t, language }),
      note: frequency
        ? t('dora.total', { number: number(frequency.deployments) })
        : needs('deployments'),
    },
    leadTime: {
      value:
        leadTime && formatDuration(leadTime.medianSeconds * 1_000, language),
      note: leadTime ? medianOf(leadTime) : needs('leadTime'),
    },
    failures: {
      value:
        failures &&
        number(failures.ratio, { style: 'percent', maximumFractionDigits: 1 }),
      note: failures
        ? t('dora.of', {
            failed: number(failures.failed),
            total: number(failures.changes),
          })
        : needs('failures'),
    },
    restore: {
      value: restore && formatDuration(restore.medianSeconds * 1_000, language),
      note: restoreNote(),
    },
  };
}

const UNITS = [
  { word: 'dora.perDay', days: 1 },
  { word: 'dora.perWeek', days: 7 },
  { word: 'dora.perMonth', days: 30 },
] as const;

/** In the first unit in which there is one or more of them. */
function howOften(perDay: number, { t, language }: Language): string {
  const { word, days } =
    UNITS.find(unit => perDay * unit.days >= 1) ?? UNITS[UNITS.length - 1];
  return t(word, {
    number: new Intl.NumberFormat(language, {
      maximumSignificantDigits: 2,
    }).format(perDay * days),
  });
}

/**
 * How a figure went, one number per part of the window; undefined where a part says
 * nothing.
 */
export function trendOf(
  { trend = [] }: Pick<Dora, 'trend'>,
  figure: FigureName,
): Array<number | undefined> {
  return trend.map(part => {
    switch (figure) {
      case 'deployments':
        // The history saw these days, and nothing was deployed on them.
        return (
          part.deploymentFrequency?.perDay ??
          (part.window.observedDays > 0 ? 0 : undefined)
        );
      case 'leadTime':
        return part.leadTimeForChanges?.medianSeconds;
      case 'failures':
        return part.changeFailureRate?.ratio;
      default:
        return part.timeToRestore?.medianSeconds;
    }
  });
}
