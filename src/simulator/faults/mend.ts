import type { FaultDefinition } from './fault.ts';

/**
 * The contrary of a fault: everything that went wrong with a Node, a Pod or a component and has not ended is ended now. The
 * target is the name as it stands in the trace: `w2`, `shop/web-0`, `kube-scheduler`. What it does is known where faults
 * are remembered, see `fault-component.ts`.
 */
export const mend: FaultDefinition = {
  name: 'mend',
  target: 'component',
  parameters: [],
  effects: () => [],
};
