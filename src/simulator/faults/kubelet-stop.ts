import type { FaultDefinition } from './fault.ts';

/** The kubelet of a Node ends; its containers run on. */
export const kubeletStop: FaultDefinition = {
  name: 'kubelet-stop',
  target: 'Node',
  parameters: [],
  effects: (node) => [{ type: 'stop', process: `kubelet/${node}`, how: 'crash' }],
};
