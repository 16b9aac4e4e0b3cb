import { deliveryListQuerySchema } from '@golden-path/plugin-delivery-common';
import { fleetParamsOf, fleetQueryOf, requestOf } from './fleetQuery';

const read = (text: string) => fleetQueryOf(new URLSearchParams(text));

describe('the query in the URL', () => {
  it.each([
    '',
    'owner=group%3Adefault%2Fteam-payments&status=failed&status=missing&cluster=hub&search=shop',
    'sort=name',
    'sort=lastDeployed',
    'sort=lastRun&order=asc',
    'order=desc&cursor=abc&page=3',
  ])('is the same after reading and writing: %s', text => {
    expect(String(fleetParamsOf(read(text)))).toBe(text);
  });

  it('shows what needs somebody first', () => {
    expect(requestOf(read(''))).toEqual({
      sort: 'status',
      order: 'asc',
      limit: 50,
    });
  });

  it('takes no notice of what it does not understand', () => {
    expect(
      read('status=burnt&status=failed&status=failed&sort=colour&page=-2&x=y'),
    ).toMatchObject({ status: ['failed'], sort: 'status', page: 1 });
  });

  it('has a page only where it has its beginning', () => {
    expect(read('page=7').page).toBe(1);
  });

  it.each([
    ['team-payments', 'group:default/team-payments'],
    ['platform/Team-Payments', 'group:platform/team-payments'],
    ['User:guest', 'user:default/guest'],
  ])('completes an owner as Backstage does: %s', (given, complete) => {
    const query = read(`owner=${given}`);
    expect(requestOf(query).owner).toEqual([complete]);
    expect(fleetParamsOf(query).get('owner')).toBe(complete);
  });

  it.each(['owner=%3A', 'owner=group%3Adefault%2F', 'owner=', 'cluster='])(
    'shows the whole list where a link names nobody and nothing: %s',
    text => expect(requestOf(read(text))).toEqual(requestOf(read(''))),
  );

  it.each(['owner', 'cluster', 'search', 'cursor', 'status', 'sort', 'order'])(
    'asks for nothing that the backend would refuse: %s',
    name => {
      const text = `${name}=${'x'.repeat(2_500)}`;
      expect(
        deliveryListQuerySchema.safeParse(requestOf(read(text))).error,
      ).toBeUndefined();
    },
  );
});
