import type { Dora } from '@golden-path/plugin-delivery-common';
import { Skeleton } from '@backstage/ui';
import { lazy, memo, Suspense } from 'react';
import { useWords } from '../../language';
import { Definition } from './Definition';
import styles from './DoraFigures.module.css';
import { FIGURES, figuresOf, trendOf } from './figuresOf';

// Brings the chart library along.
const Sparkline = lazy(() =>
  import('./Sparkline').then(m => ({ default: m.Sparkline })),
);

/** The four DORA figures, each with its definition and how it went. */
export const DoraFigures = memo(
  (props: {
    /** Absent while it is read. */
    dora: Dora | undefined;
    /** Whether newer figures are on their way. */
    isPending?: boolean;
  }) => {
    const { dora, isPending } = props;
    const { t, language } = useWords();
    const figures = dora && figuresOf(dora, { t, language });
    return (
      <dl
        className={styles.figures}
        aria-busy={!dora || isPending}
        data-pending={isPending || undefined}
      >
        {FIGURES.map(name => {
          const figure = figures?.[name];
          return (
            <div key={name}>
              <dt>
                {t(`dora.${name}`)}
                <Definition figure={name} />
              </dt>
              <dd>
                {figure ? (
                  <b data-empty={figure.value ? undefined : true}>
                    {figure.value ?? t('dora.notEnough')}
                  </b>
                ) : (
                  <Skeleton width={90} height={26} />
                )}
                <span className={styles.note}>{figure?.note}</span>
                <div className={styles.trend}>
                  {dora?.trend && (
                    <Suspense>
                      <Sparkline values={trendOf(dora, name)} />
                    </Suspense>
                  )}
                </div>
              </dd>
            </div>
          );
        })}
      </dl>
    );
  },
);
