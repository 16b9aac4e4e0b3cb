import type { Delivery } from '@golden-path/plugin-delivery-common';
import { lazy, memo, Suspense, useEffect, useMemo, useState } from 'react';
import { useWords } from '../../language';
import { Section } from '../Section';
import { Frame } from './Frame';
import { pastMark } from './pastMark';
import { useWindow } from './useWindow';
import { WindowChoice } from './WindowChoice';

// Brings the chart library along.
const Past = lazy(() => import('./Past').then(m => ({ default: m.Past })));

/** Chart height of two environments; the part that is loaded later knows better. */
const HEIGHT = 202;

const HistorySection = memo(
  (props: {
    entityRef: string;
    mark: string;
    kept: string;
    keptAreAll: boolean;
    places: string;
  }) => {
    const { entityRef, mark, kept, keptAreAll, places } = props;
    const { t } = useWords();
    const [window, showDays] = useWindow();
    const isIdle = useIdle();
    const environments = useMemo(
      () => (places ? places.split(' ') : []),
      [places],
    );
    const keptRuns = useMemo(() => kept.split(' '), [kept]);
    const frame = <Frame height={HEIGHT} />;
    return (
      <Section
        title={t('history.title')}
        aside={<WindowChoice days={window.days} onChoose={showDays} />}
      >
        {isIdle ? (
          <Suspense fallback={frame}>
            <Past
              key={entityRef}
              entityRef={entityRef}
              environments={environments}
              kept={keptRuns}
              keptAreAll={keptAreAll}
              window={window}
              mark={mark}
            />
          </Suspense>
        ) : (
          frame
        )}
      </Section>
    );
  },
);

/** What was recorded of the delivery, beyond what the cluster remembers. */
export function History(props: {
  delivery: Pick<
    Delivery,
    'entityRef' | 'runs' | 'environments' | 'stages' | 'sources'
  >;
}) {
  const { entityRef, runs, environments, stages, sources } = props.delivery;
  // Texts, so that a run that goes on renders none of this again.
  return (
    <HistorySection
      entityRef={entityRef}
      mark={useMemo(
        () => pastMark({ runs, environments, stages }),
        [runs, environments, stages],
      )}
      kept={runs.map(({ name }) => name).join(' ')}
      keptAreAll={sources.some(
        ({ system, kind, state }) =>
          system === 'Argo Workflows' &&
          kind === 'Workflow' &&
          state === 'live',
      )}
      places={environments.map(({ name }) => name).join(' ')}
    />
  );
}

/** Nothing of the past is read before the present is painted. */
function useIdle(): boolean {
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    if (typeof requestIdleCallback === 'function') {
      const handle = requestIdleCallback(() => setIsIdle(true), {
        timeout: 2_000,
      });
      return () => cancelIdleCallback(handle);
    }
    const timer = setTimeout(() => setIsIdle(true), 100);
    return () => clearTimeout(timer);
  }, []);
  return isIdle;
}
