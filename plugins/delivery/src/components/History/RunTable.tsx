import { Button } from '@backstage/ui';
import { useWords } from '../../language';
import tables from '../Section/table.module.css';
import styles from './History.module.css';
import { Mark } from './Mark';
import type { RunPoint } from './runPoints';
import { runWordsOf } from './RunWords';

/** The runs of the chart, newest first. */
export function RunTable(props: {
  points: RunPoint[];
  onOpen: (name: string) => void;
}) {
  const { points, onOpen } = props;
  const words = useWords();
  const { t } = words;
  return (
    <table
      className={`${tables.table} ${styles.table}`}
      aria-label={t('history.runs')}
    >
      <thead>
        <tr>
          <th scope="col">{t('history.run')}</th>
          <th scope="col">{t('history.outcome')}</th>
          <th scope="col">{t('run.duration')}</th>
          <th scope="col">{t('history.ended')}</th>
        </tr>
      </thead>
      <tbody>
        {[...points].reverse().map(point => {
          const { title, phase, took, ended } = runWordsOf(point, words);
          return (
            <tr key={point.run.uid}>
              <th scope="row">
                <Button
                  size="small"
                  variant="tertiary"
                  className={styles.link}
                  onPress={() => onOpen(point.run.name)}
                >
                  {title}
                </Button>
              </th>
              <td>
                <span className={styles.outcome}>
                  <Mark outcome={point.outcome} />
                  {phase}
                </span>
              </td>
              <td>{took}</td>
              <td>{ended}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
