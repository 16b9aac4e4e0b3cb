import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useSyncExternalStore } from 'react';
import { deliveryApiRef } from '../api';
import { DeliveryFeed } from './DeliveryFeed';
import type { FeedApi } from './DeliveryFeed';
import type { DeliveryView } from './view';

const feeds = new WeakMap<FeedApi, Map<string, DeliveryFeed>>();

function feedOf(api: FeedApi, entityRef: string): DeliveryFeed {
  const feedsOfApi = feeds.get(api) ?? new Map<string, DeliveryFeed>();
  feeds.set(api, feedsOfApi);
  const feed =
    feedsOfApi.get(entityRef) ??
    new DeliveryFeed({
      api,
      entityRef,
      onStop: () => feedsOfApi.delete(entityRef),
    });
  feedsOfApi.set(entityRef, feed);
  return feed;
}

/**
 * Begins to follow the delivery of an entity that is about to be shown. Ends by itself where
 * nobody looks at it soon.
 */
export function followAhead(api: FeedApi | undefined, entityRef: string): void {
  if (api) {
    feedOf(api, entityRef).startAhead();
  }
}

/**
 * The delivery of an entity, kept up to date. All components that ask for the same
 * entity share one stream.
 *
 * @param entity - the entity to follow
 * @public
 */
export function useDelivery(
  entity: Entity,
): DeliveryView & { retry: () => void } {
  const api = useApi(deliveryApiRef);
  const feed = feedOf(api, stringifyEntityRef(entity));
  const view = useSyncExternalStore(feed.subscribe, feed.getView);
  return { ...view, retry: feed.retry };
}
