import type { FaultDefinition } from './fault.ts';

/** A machine goes for good, with all that ran on it. Its Node object stays until somebody deletes it. */
export const nodeLeave: FaultDefinition = {
  name: 'node-leave',
  target: 'Node',
  parameters: [],
  effects: (node, _parameters, running) => (running.includes(`kubelet/${node}`) ? [{ type: 'leave', node }] : []),
};
