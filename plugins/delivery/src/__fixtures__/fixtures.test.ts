import { deliverySchema } from '@golden-path/plugin-delivery-common';
import { fixture, fixtureNames } from '.';

describe('fixtures', () => {
  it.each(fixtureNames)('%s is a delivery', name => {
    const delivery = fixture(name);
    expect(deliverySchema.parse(delivery)).toEqual(delivery);
  });

  it('have revisions of their own', () => {
    const revisions = fixtureNames.map(name => fixture(name).revision);
    expect(new Set(revisions).size).toBe(fixtureNames.length);
  });
});
