import { annotationsOf } from '../../apimachinery/object.ts';
import { removeIt } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perRecord } from './spots.ts';

/** The annotation in which kubectl remembers what it applied. */
export const lastAppliedAnnotation: Lint = {
  id: 'last-applied-annotation',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  find: perRecord(({ object }) =>
    annotationsOf(object).has(ANNOTATION) ? [{ at: ['metadata', 'annotations', ANNOTATION] }] : NO_SPOTS,
  ),
  fix: removeIt,
};

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';
