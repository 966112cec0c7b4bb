import { SPACE } from '../etcd/serving.ts';
import type { FaultDefinition } from './fault.ts';

/**
 * The quota of etcd is used up: all members raise the alarm NOSPACE and take deletions only, until somebody compacts,
 * defragments and disarms it.
 */
export const etcdSpace: FaultDefinition = {
  name: 'etcd-space',
  target: 'cluster',
  parameters: [],
  effects: (_target, _parameters, running) =>
    running
      .filter((id) => id.startsWith('etcd-'))
      .map((component) => ({
        type: 'do',
        component,
        now: { method: SPACE, parameters: { isFull: true } },
        after: { method: SPACE, parameters: { isFull: false } },
      })),
};
