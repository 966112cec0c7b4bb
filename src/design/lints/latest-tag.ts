import { stringAt } from '../../base/json.ts';
import { isMutableImage } from './image.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Images without a tag, or with the tag `latest`. */
export const latestTag: Lint = {
  id: 'latest-tag',
  group: 'reliability',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'latest-tag',
  find: perContainer(({ container }) => {
    const image = stringAt(container, 'image') ?? '';
    return isMutableImage(image) ? [{ at: ['image'], params: { image } }] : NO_SPOTS;
  }),
};
