import { booleanAt } from '../../base/json.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** OpenShift's SecurityContextConstraints that allow privileged containers. */
export const sccDenyPrivilegedContainer: Lint = {
  id: 'scc-deny-privileged-container',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'scc-deny-privileged-container',
  find: perObject('SecurityContextConstraints', ['security.openshift.io/v1'], ({ object }) =>
    booleanAt(object, 'allowPrivilegedContainer') === true ? [{ at: ['allowPrivilegedContainer'] }] : NO_SPOTS,
  ),
  fix: setTo(false),
};
