import { arrayAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Pods that nothing makes again when they go. */
export const barePod: Lint = {
  id: 'bare-pod',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perObject('Pod', ['v1'], ({ object }) =>
    arrayAt(object, 'metadata', 'ownerReferences').length === 0 ? [{ at: ['kind'] }] : NO_SPOTS,
  ),
};
