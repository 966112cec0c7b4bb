import { LAST_APPLIED } from '../../apimachinery/last-applied.ts';
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
    annotationsOf(object).has(LAST_APPLIED) ? [{ at: ['metadata', 'annotations', LAST_APPLIED] }] : NO_SPOTS,
  ),
  fix: removeIt,
};
