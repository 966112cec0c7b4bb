import type { FaultDefinition } from './fault.ts';
import { processesOn } from './fault.ts';

/** A machine is switched off in an orderly way: its kubelet ends the Pods first, and on again when it is over. */
export const nodeShutdown: FaultDefinition = {
  name: 'node-shutdown',
  target: 'Node',
  parameters: [],
  effects: (node, _parameters, running, _pod, scene) =>
    running.includes(`kubelet/${node}`)
      ? [{ type: 'shutdown', node, processes: processesOn(node, running, scene) }]
      : [],
};
