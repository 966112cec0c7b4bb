import { booleanAt } from '../../base/json.ts';
import type { CheckedPod, PodSecurityCheck, Violation } from './check.ts';

/** Network, PIDs and IPC are not the node's. Source: policy/check_hostNamespaces.go, 1.36. */
export const hostNamespaces: PodSecurityCheck = {
  id: 'hostNamespaces',
  level: 'baseline',
  versions: [{ since: 0, check }],
};

function check({ spec }: CheckedPod): Violation | undefined {
  const shared = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => booleanAt(spec, field) === true);
  if (shared.length === 0) return undefined;
  return {
    reason: 'host namespaces',
    detail: shared.map((field) => `${field}=true`).join(', '),
    fields: shared.map((field) => ['spec', field]),
  };
}
