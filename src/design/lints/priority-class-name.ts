import type { Lint } from './lint.ts';
import { perPod } from './spots.ts';
import { otherPriorityClass } from './templates/pods.ts';

/** Pods of a priority class that is not one of the system's. */
export const priorityClassName: Lint = {
  id: 'priority-class-name',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'priority-class-name',
  find: perPod(({ spec }) => otherPriorityClass(spec, SYSTEM)),
};

const SYSTEM = ['system-cluster-critical', 'system-node-critical'];
