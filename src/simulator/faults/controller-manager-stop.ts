import type { FaultDefinition } from './fault.ts';

/** The controller manager ends, and all controllers with it. */
export const controllerManagerStop: FaultDefinition = {
  name: 'controller-manager-stop',
  target: 'component',
  components: 'deployment-controller',
  instances: 'kube-controller-manager-',
  parameters: [{ name: 'how', values: ['crash', 'power'], default: 'crash' }],
  effects: (target, { how }, _running, _pod, { processOf }) => [
    { type: 'stop', process: processOf(target) ?? 'kube-controller-manager', how: how === 'power' ? 'power' : 'crash' },
  ],
};
