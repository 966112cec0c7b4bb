import { labelsOf } from '../../apimachinery/object.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Namespaces that enforce no Pod Security Standard. */
export const namespacePodSecurity: Lint = {
  id: 'namespace-pod-security',
  group: 'security',
  severity: 'info',
  defaultOn: false,
  find: perObject('Namespace', ['v1'], ({ object }) =>
    labelsOf(object).has(LABEL) ? NO_SPOTS : [{ at: ['metadata', 'labels', LABEL] }],
  ),
};

const LABEL = 'pod-security.kubernetes.io/enforce';
