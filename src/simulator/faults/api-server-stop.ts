import type { FaultDefinition } from './fault.ts';

/** The API server ends: watches break, requests are refused. */
export const apiServerStop: FaultDefinition = {
  name: 'api-server-stop',
  target: 'component',
  components: 'kube-apiserver-',
  parameters: [{ name: 'how', values: ['crash', 'power'], default: 'crash' }],
  effects: (server, { how }, _running, _pod, { processOf }) => [
    { type: 'stop', process: processOf(server) ?? 'kube-apiserver', how: how === 'power' ? 'power' : 'crash' },
  ],
};
