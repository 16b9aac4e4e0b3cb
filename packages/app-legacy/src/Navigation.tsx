import { Sidebar, SidebarGroup, SidebarItem } from '@backstage/core-components';
import { RequirePermission } from '@backstage/plugin-permission-react';
import { deliveryUsePermission } from '@golden-path/plugin-delivery-common';
import {
  RiApps2Line,
  RiMenuLine,
  RiRouteLine,
  RiSettings3Line,
} from '@remixicon/react';

const CatalogIcon = () => <RiApps2Line size={20} />;
const DeliveryIcon = () => <RiRouteLine size={20} />;
const SettingsIcon = () => <RiSettings3Line size={20} />;

/** The sidebar; on a phone it stands at the foot of the page. */
export function Navigation() {
  return (
    <Sidebar>
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        <SidebarItem icon={CatalogIcon} to="catalog" text="Catalog" />
        <RequirePermission permission={deliveryUsePermission} errorPage={<></>}>
          <SidebarItem icon={DeliveryIcon} to="delivery" text="Delivery" />
        </RequirePermission>
        <SidebarItem icon={SettingsIcon} to="settings" text="Settings" />
      </SidebarGroup>
    </Sidebar>
  );
}
