import type { SourceHealth } from '@golden-path/plugin-delivery-common';
import { Button, DialogTrigger, Popover } from '@backstage/ui';
import { memo } from 'react';
import type { Connection } from '../../follow';
import { Age, useWords } from '../../language';
import { rootClass, toneOf } from '../status';
import styles from './LiveIndicator.module.css';
import { livenessOf } from './liveness';
import { SourceList } from './SourceList';

/** Says whether what is shown is now, and on demand where each part comes from. */
export const LiveIndicator = memo(
  (props: { connection: Connection; sources: SourceHealth[] }) => {
    const { connection, sources } = props;
    const { t } = useWords();
    const liveness = livenessOf(connection, sources);
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
            <SourceList liveness={liveness} sources={sources} />
          </div>
        </Popover>
      </DialogTrigger>
    );
  },
);
