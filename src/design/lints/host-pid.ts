import { booleanAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods that share the node's process. */
export const hostPid: Lint = {
  id: 'host-pid',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'host-pid',
  find: perPod(({ spec }) => (booleanAt(spec, 'hostPID') === true ? [{ at: ['hostPID'] }] : NO_SPOTS)),
  fix: removeIt,
};
