import { stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** Pods of a priority class that is not one of the system's. */
export const priorityClassName: Lint = {
  id: 'priority-class-name',
  group: 'reliability',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'priority-class-name',
  find: perPod(({ spec }) => {
    const name = stringAt(spec, 'priorityClassName') ?? '';
    return name.trim() === '' || SYSTEM.has(name) ? NO_SPOTS : [{ at: ['priorityClassName'], params: { name } }];
  }),
};

const SYSTEM: ReadonlySet<string> = new Set(['system-cluster-critical', 'system-node-critical']);
