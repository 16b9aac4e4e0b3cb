import { entityAt } from './entityAt';

describe('entityAt', () => {
  it.each([
    ['/catalog/default/component/shop/delivery', '/delivery'],
    ['/portal/catalog/Default/Component/shop/delivery/', 'delivery'],
    ['/services/default/component/shop/ci/cd', '/ci/cd'],
  ])('is the one whose tab is shown at %s', (pathname, tab) => {
    expect(entityAt(pathname, tab)).toBe('component:default/shop');
  });

  it('reads names as they were before they stood in an address', () => {
    expect(
      entityAt('/catalog/my%20team/component/shop/delivery', '/delivery'),
    ).toBe('component:my team/shop');
  });

  it.each([
    ['the page of all golden paths', '/delivery', '/delivery'],
    ['that page in a portal below a path', '/a/portal/delivery', '/delivery'],
    [
      'another tab of the entity',
      '/catalog/default/component/shop/kubernetes',
      '/delivery',
    ],
    [
      'an entity whose name is that of the tab',
      '/catalog/default/component/delivery',
      '/delivery',
    ],
    [
      'what is below the tab',
      '/catalog/default/component/shop/delivery/x',
      '/delivery',
    ],
    ['a tab without a path', '/catalog/default/component/shop', '/'],
    [
      'what no browser would write',
      '/catalog/%/component/shop/delivery',
      '/delivery',
    ],
  ])('is none at %s', (_, pathname, tab) => {
    expect(entityAt(pathname, tab)).toBeUndefined();
  });
});
