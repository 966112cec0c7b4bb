import { booleanAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods that share the node's network. */
export const hostNetwork: Lint = {
  id: 'host-network',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'host-network',
  find: perPod(({ spec }) => (booleanAt(spec, 'hostNetwork') === true ? [{ at: ['hostNetwork'] }] : NO_SPOTS)),
  fix: removeIt,
};
