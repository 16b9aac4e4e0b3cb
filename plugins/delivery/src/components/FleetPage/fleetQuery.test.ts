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
});
