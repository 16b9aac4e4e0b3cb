import { ButtonIcon, DialogTrigger, Popover } from '@backstage/ui';
import { RiInformationLine } from '@remixicon/react';
import { useWords } from '../../language';
import { rootClass } from '../status';
import styles from './DoraFigures.module.css';
import type { FigureName } from './figuresOf';

/** What a figure means, on demand. */
export function Definition(props: { figure: FigureName }) {
  const { figure } = props;
  const { t } = useWords();
  const name = t(`dora.${figure}`);
  return (
    <DialogTrigger>
      <ButtonIcon
        icon={<RiInformationLine aria-hidden size={14} />}
        aria-label={t('dora.define', { figure: name })}
        variant="tertiary"
        size="small"
        className={styles.define}
      />
      <Popover placement="bottom start" hideArrow className={styles.popover}>
        <div className={`${rootClass} ${styles.definition}`}>
          <strong>{name}</strong>
          <p>{t(`dora.define.${figure}`)}</p>
        </div>
      </Popover>
    </DialogTrigger>
  );
}
