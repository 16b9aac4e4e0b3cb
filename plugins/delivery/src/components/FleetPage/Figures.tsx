import { useApi } from '@backstage/frontend-plugin-api';
import { deliveryReadPermission } from '@golden-path/plugin-delivery-common';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api';
import { useWords } from '../../language';
import { DoraFigures } from '../Dora';
import { Unread } from '../History/Notice';
import { useReading } from '../History/useReading';
import { useWindow } from '../History/useWindow';
import { WindowChoice } from '../History/WindowChoice';
import { Section } from '../Section';
import { ownerName } from './cells';

/** How often, how fast and how safely an owner delivers. */
export function Figures(props: { owner: string }) {
  const { owner } = props;
  const api = useApi(deliveryApiRef);
  const { t } = useWords();
  const [{ days, parts }, showDays] = useWindow();
  const read = useCallback(
    (signal: AbortSignal) => api.getDora({ owner, days, parts, signal }),
    [api, owner, days, parts],
  );
  const { value, failure, isPending, retry } = useReading(read, '');
  return (
    <Section
      title={t('fleet.doraTitle', { owner: ownerName(owner) })}
      aside={<WindowChoice days={days} onChoose={showDays} />}
    >
      {failure && !value ? (
        <Unread
          failure={failure}
          forbidden={t('fleet.forbiddenNext', {
            permission: deliveryReadPermission.name,
          })}
          onRetry={retry}
        />
      ) : (
        <DoraFigures dora={value} isPending={isPending} />
      )}
    </Section>
  );
}
