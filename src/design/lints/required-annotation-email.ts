import { annotationsOf } from '../../apimachinery/object.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perWorkload } from './spots.ts';
import { hasPair } from './templates/metadata.ts';

/** Workloads without an annotation that holds an e-mail address. */
export const requiredAnnotationEmail: Lint = {
  id: 'required-annotation-email',
  group: 'hygiene',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'required-annotation-email',
  find: perWorkload(({ record: { object } }) =>
    hasPair(
      annotationsOf(object),
      (key) => key.includes('email'),
      (value) => ADDRESS.test(value),
    )
      ? NO_SPOTS
      : [{ at: ['metadata', 'annotations', 'email'] }],
  ),
};

const ADDRESS = /[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9-.]+/;
