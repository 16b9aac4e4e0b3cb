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
import type { FleetQuery } from './fleetQuery';

/** How often, how fast and how safely all golden paths deliver, or those of the list. */
export function Figures(props: {
  query: Pick<FleetQuery, 'owner' | 'cluster' | 'search'>;
}) {
  const { owner, cluster, search } = props.query;
  const api = useApi(deliveryApiRef);
  const { t } = useWords();
  const [{ days, parts }, showDays] = useWindow();
  const read = useCallback(
    (signal: AbortSignal) =>
      api.getDora({ owner, cluster, search, days, parts, signal }),
    [api, owner, cluster, search, days, parts],
  );
  const { value, failure, isPending, retry } = useReading(read, '');
  let title: string = t('fleet.doraTitleAll');
  if (cluster || search) {
    title = t('fleet.doraTitleSome');
  } else if (owner) {
    title = t('fleet.doraTitle', { owner: ownerName(owner) });
  }
  return (
    <Section
      title={title}
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
