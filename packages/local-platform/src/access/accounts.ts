import type { PlatformState } from '../state.ts';

/** An account of the local API server. */
export interface Account {
  name: 'administrator' | 'reader' | 'operator';
  /** User name that the API server sees. */
  user: string;
  groups: string[];
}

/**
 * The three accounts. Reader and operator are the users that the manifests in `platform/rbac` bind, so that they may do
 * here what they may do in a real cluster, and no more.
 */
export const ACCOUNTS: readonly Account[] = [
  {
    name: 'administrator',
    user: 'local-platform-administrator',
    groups: ['system:masters'],
  },
  { name: 'reader', user: 'delivery:reader', groups: [] },
  { name: 'operator', user: 'delivery:operator', groups: [] },
];

/** Content of the file for kube-apiserver's `--token-auth-file`: token, user, uid, groups. */
export function tokenFile(tokens: PlatformState['tokens']): string {
  return ACCOUNTS.map(
    ({ name, user, groups }) =>
      `${tokens[name]},${user},${name},"${groups.join(',')}"\n`,
  ).join('');
}
