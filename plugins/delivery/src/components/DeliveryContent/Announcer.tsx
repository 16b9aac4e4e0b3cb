import type { Delivery } from '@golden-path/plugin-delivery-common';
import { VisuallyHidden } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../language';
import { titleOf } from '../Runs';
import { changesBetween } from './changes';

/** Tells changes politely to those who do not see them. */
export function Announcer(props: { delivery: Delivery }) {
  const { delivery } = props;
  const { t, stageTitle } = useWords();
  const told = useRef(delivery);
  const [text, setText] = useState('');
  useEffect(() => {
    const changes = changesBetween(told.current, delivery);
    told.current = delivery;
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
  return (
    <VisuallyHidden>
      <div aria-live="polite">{text}</div>
    </VisuallyHidden>
  );
}
