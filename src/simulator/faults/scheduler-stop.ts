import type { FaultDefinition } from './fault.ts';

/** The scheduler ends: Pods stay Pending until it is back. */
export const schedulerStop: FaultDefinition = {
  name: 'scheduler-stop',
  target: 'component',
  components: 'kube-scheduler',
  parameters: [{ name: 'how', values: ['crash', 'power'], default: 'crash' }],
  effects: (target, { how }, _running, _pod, { processOf }) => [
    { type: 'stop', process: processOf(target) ?? 'kube-scheduler', how: how === 'power' ? 'power' : 'crash' },
  ],
};
