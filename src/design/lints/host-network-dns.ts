import { booleanAt, nameAt } from '../../base/json.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods on the node's network that cannot resolve names of Services. */
export const hostNetworkDns: Lint = {
  id: 'host-network-dns',
  group: 'network',
  severity: 'warning',
  defaultOn: true,
  find: perPod(({ spec }) => {
    const policy = nameAt(spec, 'dnsPolicy') ?? 'ClusterFirst';
    return booleanAt(spec, 'hostNetwork') === true && policy === 'ClusterFirst' ? [{ at: ['dnsPolicy'] }] : NO_SPOTS;
  }),
  fix: setTo('ClusterFirstWithHostNet'),
};
