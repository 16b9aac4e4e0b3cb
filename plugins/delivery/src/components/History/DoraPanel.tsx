import type { Dora } from '@golden-path/plugin-delivery-common';
import { useWords } from '../../language';
import { DoraFigures } from '../Dora';
import { FIGURES, figuresOf } from '../Dora/figuresOf';
import tables from '../Section/table.module.css';
import styles from './History.module.css';
import { Outdated, Unread } from './Notice';
import type { Reading } from './useReading';

/** The four DORA figures of a window and, as a table, of its parts. */
export function DoraPanel(props: { reading: Reading<Dora>; days: number }) {
  const { reading, days } = props;
  const { t, language } = useWords();
  const { value, failure, isPending, retry } = reading;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const observed = value && Math.round(value.window.observedDays);
  return (
    <div role="group" aria-label={t('dora.title')} className={styles.panel}>
      {failure && value === undefined ? (
        <div className={styles.figuresNotice}>
          <Unread failure={failure} onRetry={retry} />
        </div>
      ) : (
        <DoraFigures dora={value} isPending={isPending && !failure} />
      )}
      <div className={styles.below}>
        {value?.trend && (
          <details className={styles.details}>
            <summary>{t('history.asTable')}</summary>
            <div
              className={styles.scroll}
              // A region that scrolls has to be reachable by keyboard.
              // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              role="group"
              aria-label={t('dora.title')}
            >
              <table
                className={`${tables.table} ${styles.table}`}
                aria-label={t('dora.title')}
              >
                <thead>
                  <tr>
                    <th scope="col">{t('dora.span')}</th>
                    {FIGURES.map(name => (
                      <th key={name} scope="col">
                        {t(`dora.${name}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {[...value.trend].reverse().map(part => {
                    const figures = figuresOf(part, { t, language });
                    return (
                      <tr key={part.window.from}>
                        <th scope="row">
                          {format.format(new Date(part.window.from))}
                        </th>
                        {FIGURES.map(name => (
                          <td key={name}>
                            {figures[name].value ?? '–'}{' '}
                            <span className={styles.quiet}>
                              {figures[name].note}
                            </span>
                          </td>
                        ))}
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          </details>
        )}
        {observed !== undefined && observed < days && observed > 0 && (
          <p className={styles.covers}>
            {t('history.covers', { count: observed, days: String(days) })}
          </p>
        )}
        {value && failure && <Outdated failure={failure} onRetry={retry} />}
      </div>
    </div>
  );
}
