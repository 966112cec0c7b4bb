import type { FaultDefinition } from './fault.ts';

/** The processes of a Pod's containers, or of one of them, stand still: they listen, and answer nothing. */
export const containerFreeze: FaultDefinition = {
  name: 'container-freeze',
  target: 'Pod',
  parameters: [{ name: 'container', default: '' }],
  effects(_target, { container }, _running, pod) {
    if (pod === undefined) return [];
    const parameters = { podUid: pod.uid, container };
    const [now, after] = [
      { method: 'Freeze', parameters },
      { method: 'Thaw', parameters },
    ];
    return [{ type: 'do', component: `containerd/${pod.node}`, now, after }];
  },
};
