import { EntityLayout, EntitySwitch } from '@backstage/plugin-catalog';
import {
  EntityDeliveryCard,
  EntityDeliveryContent,
  isDeliveryAvailable,
} from '@golden-path/plugin-delivery/legacy';

/**
 * Overview and Delivery tab, with the same predicate as in the new frontend system. Card and
 * tab ask for the permission `delivery.use` by themselves.
 */
export const entityPage = (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <EntitySwitch>
        <EntitySwitch.Case if={isDeliveryAvailable}>
          <EntityDeliveryCard href="delivery" />
        </EntitySwitch.Case>
      </EntitySwitch>
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
