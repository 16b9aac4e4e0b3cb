import type { Delivery } from '@golden-path/plugin-delivery-common';
import { Button, DialogTrigger, Popover } from '@backstage/ui';
import type { Connection } from '../../follow';
import { Age, useWords } from '../../language';
import { rootClass, toneOf } from '../status';
import styles from './LiveIndicator.module.css';
import { livenessOf } from './liveness';
import { SourceList } from './SourceList';

/** Says whether what is shown is now, and on demand where each part comes from. */
export function LiveIndicator(props: {
  connection: Connection;
  delivery: Delivery;
}) {
  const { connection, delivery } = props;
  const { t } = useWords();
  const liveness = livenessOf(connection, delivery.sources);
  return (
    <DialogTrigger>
      <Button
        variant="tertiary"
        className={`${styles.button} ${toneOf(liveness.status)}`}
        data-state={liveness.state}
      >
        <span className={styles.light} aria-hidden />
        <span>
          {t(`connection.${liveness.state}`)}{' '}
          {liveness.since && (
            <span className={styles.since}>
              · {t('path.asOf', { when: <Age since={liveness.since} /> })}
            </span>
          )}
        </span>
      </Button>
      <Popover placement="bottom end" className={styles.popover} hideArrow>
        <div className={rootClass}>
          <SourceList liveness={liveness} delivery={delivery} />
        </div>
      </Popover>
    </DialogTrigger>
  );
}
