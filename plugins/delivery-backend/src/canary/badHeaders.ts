import type { Marks } from './Marks';
import { userToken } from './tokens';

/** Nobody, somebody whose token has expired or was changed, a service, and nonsense. */
export function badHeaders(
  marks: Marks,
  serviceToken: string,
): Array<Record<string, string>> {
  const expired = userToken(-60);
  const changed = `${userToken().slice(0, -6)}AAAAAA`;
  return [
    {},
    ...[expired, changed, serviceToken, marks.plant('an unknown token')].map(
      each => {
        each.split('.').forEach(part => marks.hide('a bad token', part));
        return { authorization: `Bearer ${each}` };
      },
    ),
    { authorization: `Basic ${marks.plant('basic credentials')}` },
    { authorization: marks.plant('an odd header') },
    { cookie: `backstage-auth=${marks.plant('a cookie')}` },
  ];
}
