import { lazy, useState } from 'react';
import type { FeedApi } from './follow';

type Content = typeof import('./components/DeliveryContent');

let loaded: Content | undefined;

const load = () =>
  import('./components/DeliveryContent').then(content => {
    loaded = content;
    return content;
  });

const LazyContent = lazy(() =>
  load().then(content => ({ default: content.DeliveryContent })),
);

/**
 * Reads what the tab of an entity needs while the app still renders what is around it.
 *
 * @param entityRef - of the entity whose tab is about to be shown
 */
export function readAhead(api: FeedApi | undefined, entityRef: string): void {
  load().then(
    content => content.followAhead(api, entityRef),
    () => {}, // Tried again, and said, when the tab is shown.
  );
}

/**
 * The content of the Delivery tab.
 *
 * @remarks
 * What was read ahead is rendered together with the page around it. React would first show
 * a lazy component as not there yet, and then render it at a priority that each answer to
 * another part of the page interrupts.
 */
export function TabContent() {
  // Whichever it is, it stays: to change the component is to lose its state.
  const [Content] = useState(() => loaded?.DeliveryContent ?? LazyContent);
  return <Content />;
}
