import { Card } from '@backstage/ui';
import { createContext, memo, useContext } from 'react';
import type { ReactNode } from 'react';

const Content = createContext<ReactNode>(undefined);

const Slot = () => <>{useContext(Content)}</>;

type SurfaceProps = { 'aria-labelledby': string; className: string };

const SteadyCard = memo((props: SurfaceProps) => (
  <Card role="region" {...props}>
    <Slot />
  </Card>
));

/**
 * A card whose content may change many times a second, and a landmark.
 *
 * @remarks
 * Whenever a card of Backstage UI renders, it gives a new context to all that stands on it
 * (`BgProvider`), and every button and link there renders again, changed or not. So the
 * content goes past the card, which renders only when its own properties change.
 */
export function Surface(props: SurfaceProps & { children: ReactNode }) {
  const { children, ...own } = props;
  return (
    <Content.Provider value={children}>
      <SteadyCard {...own} />
    </Content.Provider>
  );
}
