import type { Delivery } from '@golden-path/plugin-delivery-common';
import { VisuallyHidden } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import type { Connection } from '../../follow';
import { useWords } from '../../language';
import { titleOf } from '../Runs';
import { changesBetween } from './changes';

/** Tells changes politely to those who do not see them. */
export function Announcer(props: {
  delivery: Delivery;
  connection: Connection;
}) {
  const { delivery, connection } = props;
  const { t, stageTitle } = useWords();
  const told = useRef({ delivery, isLive: true });
  const [text, setText] = useState('');

  useEffect(() => {
    const changes = changesBetween(told.current.delivery, delivery);
    told.current.delivery = delivery;
    if (changes.length > 0) {
      setText(
        changes
          .map(change =>
            change.of === 'stage'
              ? t('change.stage', {
                  stage: stageTitle(change.stage),
                  status: t(`status.${change.stage.status}`),
                })
              : t('change.run', {
                  run: titleOf(change.run, t),
                  status: t(`status.${change.run.status}`),
                }),
          )
          .join(' '),
      );
    }
  }, [delivery, t, stageTitle]);

  useEffect(() => {
    const isLive = connection.state === 'live';
    const isLost = connection.state === 'reconnecting';
    if ((isLive || isLost) && isLive !== told.current.isLive) {
      told.current.isLive = isLive;
      setText(t(isLive ? 'change.connectionBack' : 'change.connectionLost'));
    }
  }, [connection.state, t]);

  return (
    <VisuallyHidden>
      <div aria-live="polite">{text}</div>
    </VisuallyHidden>
  );
}
