import type { FaultDefinition } from './fault.ts';

/** A member of etcd is cut off: from the API servers and from the other members. */
export const etcdPartition: FaultDefinition = {
  name: 'etcd-partition',
  target: 'component',
  components: 'etcd-',
  parameters: [],
  effects: (member, _parameters, running) =>
    running.filter((id) => id !== member).map((id) => ({ type: 'cut', a: member, b: id }) as const),
};
