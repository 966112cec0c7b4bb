import { booleanAt } from '../../base/json.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods that share the node's shared memory. */
export const hostIpc: Lint = {
  id: 'host-ipc',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'host-ipc',
  find: perPod(({ spec }) => (booleanAt(spec, 'hostIPC') === true ? [{ at: ['hostIPC'] }] : NO_SPOTS)),
  fix: removeIt,
};
