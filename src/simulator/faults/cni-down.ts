import { NETWORK_STATUS } from '../kubelet/pod-network.ts';
import type { FaultDefinition } from './fault.ts';

/** The configuration of the network plugin is gone from a Node: no sandbox gets a network, and the Node is not ready. */
export const cniDown: FaultDefinition = {
  name: 'cni-down',
  target: 'Node',
  parameters: [],
  effects(node, _parameters, running) {
    const [runtime, kubelet] = [`containerd/${node}`, `kubelet/${node}`];
    if (!running.includes(runtime)) return [];
    const status = (isReady: boolean) => ({ method: NETWORK_STATUS, parameters: { isReady } });
    return [
      {
        type: 'do',
        component: runtime,
        now: { method: 'NetworkGone', parameters: {} },
        after: { method: 'NetworkBack', parameters: {} },
      },
      { type: 'do', component: kubelet, now: status(false), after: status(true) },
    ];
  },
};
