import type { Fixer } from './fix.ts';
import { fixOf } from './one-edit.ts';

/** A written number of replicas that an autoscaler decides. */
export const writtenReplicas: Fixer = {
  problems: ['autoscaler.fightsReplicas'],
  fixes: ({ record, field }) => [fixOf('leaveReplicas', {}, record, { op: 'delete', path: field })],
};

/** A second class that says it is the default. */
export const secondDefault: Fixer = {
  problems: ['class.severalDefaults'],
  fixes: ({ record, field }) => [fixOf('notDefault', {}, record, { op: 'set', path: field, value: 'false' })],
};
