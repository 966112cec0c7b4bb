import { stringAt } from '../../base/json.ts';
import { isMutableImage } from './image.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Images that change under one name and are not always pulled. */
export const imagePullPolicy: Lint = {
  id: 'image-pull-policy',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perContainer(({ container }) => {
    const image = stringAt(container, 'image') ?? '';
    const policy = stringAt(container, 'imagePullPolicy');
    return policy !== undefined && policy !== 'Always' && image !== '' && isMutableImage(image)
      ? [{ at: ['imagePullPolicy'], params: { image, policy } }]
      : NO_SPOTS;
  }),
  fix: setTo('Always'),
};
