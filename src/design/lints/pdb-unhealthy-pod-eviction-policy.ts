import { valueAt } from '../../base/json.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** A PodDisruptionBudget that guards broken Pods too. */
export const pdbUnhealthyPodEvictionPolicy: Lint = {
  id: 'pdb-unhealthy-pod-eviction-policy',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'pdb-unhealthy-pod-eviction-policy',
  find: perObject('PodDisruptionBudget', ['policy/v1'], ({ object }) =>
    valueAt(object, 'spec', POLICY) === undefined ? [{ at: ['spec', POLICY] }] : NO_SPOTS,
  ),
  fix: setTo('AlwaysAllow'),
};

const POLICY = 'unhealthyPodEvictionPolicy';
