import type { DoraFigures } from '@golden-path/plugin-delivery-common';
import { Skeleton } from '@backstage/ui';
import { useWords } from '../../language';
import { FIGURES, figuresOf } from '../Dora/figuresOf';
import styles from './FiguresCell.module.css';

/** The four DORA figures of a row. */
export function FiguresCell(props: {
  figures: DoraFigures | undefined;
  /** Whether they are being read. */
  isPending: boolean;
}) {
  const { figures, isPending } = props;
  const { t, language } = useWords();
  if (!figures) {
    return isPending ? (
      <Skeleton width={130} height={60} />
    ) : (
      <span className={styles.none}>–</span>
    );
  }
  const said = figuresOf(figures, { t, language });
  if (FIGURES.every(name => said[name].value === undefined)) {
    return <span className={styles.none}>{t('dora.notEnough')}</span>;
  }
  return (
    <dl className={styles.figures}>
      {FIGURES.map(name => (
        <div key={name}>
          <dt>{t(`dora.short.${name}`)}</dt>
          <dd>{said[name].value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
