import type { FaultDefinition } from './fault.ts';

/** The processes of a Pod's containers, or of one of them, end at once: killed, out of memory, or with a code of their own. */
export const containerKill: FaultDefinition = {
  name: 'container-kill',
  target: 'Pod',
  parameters: [
    { name: 'container', default: '' },
    { name: 'reason', values: ['Error', 'OOMKilled'], default: 'Error' },
    { name: 'exitCode', default: '137' },
  ],
  effects(_target, { container, reason, exitCode }, _running, pod) {
    if (pod === undefined) return [];
    const parameters = { podUid: pod.uid, container, reason, exitCode: Number(exitCode) };
    return [{ type: 'do', component: `containerd/${pod.node}`, now: { method: 'Kill', parameters } }];
  },
};
