import { Sidebar, SidebarGroup, SidebarItem } from '@backstage/core-components';
import { RiApps2Line, RiMenuLine, RiRouteLine } from '@remixicon/react';

const CatalogIcon = () => <RiApps2Line size={20} />;
const DeliveryIcon = () => <RiRouteLine size={20} />;

/** The sidebar; on a phone it stands at the foot of the page. */
export function Navigation() {
  return (
    <Sidebar>
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        <SidebarItem icon={CatalogIcon} to="catalog" text="Catalog" />
        <SidebarItem icon={DeliveryIcon} to="delivery" text="Delivery" />
      </SidebarGroup>
    </Sidebar>
  );
}
