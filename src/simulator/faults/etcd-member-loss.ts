import type { FaultDefinition } from './fault.ts';

/** A member of etcd ends, and keeps what is on its disk. */
export const etcdMemberLoss: FaultDefinition = {
  name: 'etcd-member-loss',
  target: 'component',
  components: 'etcd-',
  parameters: [{ name: 'how', values: ['crash', 'power'], default: 'crash' }],
  effects: (member, { how }) => [{ type: 'stop', process: member, how: how === 'power' ? 'power' : 'crash' }],
};
