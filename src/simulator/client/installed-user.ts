import type { UserInfo } from '../messages.ts';

/** Who an addon is to the API server. Its installation, with what it may do, is not simulated: it may do everything. */
export function installedUser(namespace: string, name: string): UserInfo {
  const groups = [
    'system:masters',
    'system:serviceaccounts',
    `system:serviceaccounts:${namespace}`,
    'system:authenticated',
  ];
  return { name: `system:serviceaccount:${namespace}:${name}`, groups };
}
