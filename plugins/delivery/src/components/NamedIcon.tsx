import { iconsApiRef, useApi } from '@backstage/frontend-plugin-api';
import { RiRouteLine } from '@remixicon/react';

/** One of the icons that the app has, by its name; the plugin's own where there is none. */
export function NamedIcon(props: { name: string }) {
  const { name } = props;
  return <>{useApi(iconsApiRef).icon(name) ?? <RiRouteLine />}</>;
}
