import type { FaultDefinition } from './fault.ts';

/** The disk of an etcd member takes many times as long for each write. */
export const slowDisk: FaultDefinition = {
  name: 'slow-disk',
  target: 'component',
  components: 'etcd-',
  parameters: [{ name: 'slowness', values: ['10x', '100x', '1000x'], default: '100x' }],
  effects: (component, { slowness = '1x' }) => [{ type: 'disk', component, slowness: Number.parseInt(slowness, 10) }],
};
