import { labelsOf } from '../../apimachinery/object.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';
import { hasPair } from './templates/metadata.ts';

/** Workloads without an owner label. */
export const requiredLabelOwner: Lint = {
  id: 'required-label-owner',
  group: 'hygiene',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'required-label-owner',
  find: perWorkload(({ record: { object } }) =>
    hasPair(
      labelsOf(object),
      (key) => key.includes('owner'),
      () => true,
    )
      ? NO_SPOTS
      : [{ at: ['metadata', 'labels', 'owner'] }],
  ),
};
