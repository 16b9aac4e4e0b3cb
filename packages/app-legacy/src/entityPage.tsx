import { EntityAboutCard, EntityLayout } from '@backstage/plugin-catalog';
import { Grid } from '@backstage/ui';
import {
  EntityDeliveryCard,
  EntityDeliveryContent,
  isDeliveryAvailable,
} from '@golden-path/plugin-delivery/legacy';

/** Overview and Delivery tab, with the same predicate as in the new frontend system. */
export const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <Grid.Root columns={{ initial: '1', md: '2' }} gap="5">
        <EntityAboutCard />
        <EntityDeliveryCard href="delivery" />
      </Grid.Root>
    </EntityLayout.Route>
    <EntityLayout.Route
      path="/delivery"
      title="Delivery"
      if={isDeliveryAvailable}
    >
      <EntityDeliveryContent />
    </EntityLayout.Route>
  </EntityLayout>
);
