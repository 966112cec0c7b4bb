import type { FaultDefinition } from './fault.ts';

/** The disk of an etcd member takes many times as long for each write. */
export const slowDisk: FaultDefinition = {
  name: 'slow-disk',
  target: 'component',
  components: 'etcd-',
  parameters: [{ name: 'slowness', values: ['10', '100', '1000'], default: '100' }],
  effects: (component, { slowness }) => [{ type: 'disk', component, slowness: Number(slowness) }],
};
