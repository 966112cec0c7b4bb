import type { FaultDefinition } from './fault.ts';

/** The controller manager ends, and all controllers with it. */
export const controllerManagerStop: FaultDefinition = {
  name: 'controller-manager-stop',
  target: 'component',
  components: 'deployment-controller',
  parameters: [{ name: 'how', values: ['crash', 'power'], default: 'crash' }],
  effects: (_target, { how }) => [
    { type: 'stop', process: 'kube-controller-manager', how: how === 'power' ? 'power' : 'crash' },
  ],
};
