import type { FaultDefinition } from './fault.ts';

/** CoreDNS ends: names of the cluster are not answered; addresses work on. */
export const corednsDown: FaultDefinition = {
  name: 'coredns-down',
  target: 'component',
  components: 'coredns-',
  parameters: [],
  effects: () => [{ type: 'stop', process: 'coredns', how: 'crash' }],
};
