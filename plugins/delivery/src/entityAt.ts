import { stringifyEntityRef } from '@backstage/catalog-model';

/**
 * The entity whose page is shown at an address, where it is open at the given tab.
 *
 * @remarks
 * Such an address ends with `/:namespace/:kind/:name` and the tab, and begins with the path
 * of the catalog, whatever that is.
 *
 * @param pathname - of the address
 * @param tab - path of the tab below the page of an entity
 */
export function entityAt(pathname: string, tab: string): string | undefined {
  const ofTab = segmentsOf(tab);
  const segments = segmentsOf(pathname);
  const ofPage = segments.splice(0, segments.length - ofTab.length);
  const isTab = ofTab.length > 0 && segments.join('/') === ofTab.join('/');
  if (!isTab || ofPage.length < 4) {
    return undefined;
  }
  try {
    const [namespace, kind, name] = ofPage.slice(-3).map(decodeURIComponent);
    return stringifyEntityRef({ kind, namespace, name });
  } catch {
    // Not encoded as an address should be.
    return undefined;
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter(Boolean);
}
