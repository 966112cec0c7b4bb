import { nodeManifest } from '../topology.ts';
import type { FaultDefinition } from './fault.ts';

/** A machine comes to the cluster, and its kubelet registers its Node. Nothing happens where there is one of that name. */
export const nodeJoin: FaultDefinition = {
  name: 'node-join',
  target: 'Node',
  parameters: [
    { name: 'cpu', default: '4' },
    { name: 'memory', default: '16Gi' },
    { name: 'pods', default: '110' },
    { name: 'zone', default: '' },
  ],
  effects(target, { cpu = '', memory = '', pods = '', zone = '' }, running) {
    if (target === '' || running.includes(`kubelet/${target}`)) return [];
    const labels: Readonly<Record<string, string>> = zone === '' ? {} : { 'topology.kubernetes.io/zone': zone };
    const capacity = { cpu, memory, pods, 'ephemeral-storage': '100Gi' };
    return [{ type: 'join', node: nodeManifest(target, labels, [], capacity) }];
  },
};
