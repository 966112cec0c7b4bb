import type { FaultDefinition } from './fault.ts';

/** An API server is cut off from everyone but its etcd. */
export const apiServerPartition: FaultDefinition = {
  name: 'api-server-partition',
  target: 'component',
  components: 'kube-apiserver-',
  parameters: [],
  effects: (server, _parameters, running) =>
    running
      .filter((id) => id !== server && !id.startsWith(`${server}/`) && !id.startsWith('etcd-'))
      .map((id) => ({ type: 'cut', a: server, b: id }) as const),
};
