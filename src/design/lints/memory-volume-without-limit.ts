import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { perPod } from './spots.ts';

/** Volumes in memory without a limit. */
export const memoryVolumeWithoutLimit: Lint = {
  id: 'memory-volume-without-limit',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perPod(({ spec }) =>
    arrayAt(spec, 'volumes').flatMap((volume, index) =>
      stringAt(volume, 'emptyDir', 'medium') === 'Memory' && valueAt(volume, 'emptyDir', 'sizeLimit') === undefined
        ? [{ at: ['volumes', index, 'emptyDir', 'sizeLimit'], params: { volume: stringAt(volume, 'name') ?? '' } }]
        : [],
    ),
  ),
};
