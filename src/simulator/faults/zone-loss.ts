import type { FaultDefinition } from './fault.ts';
import { processesOn } from './fault.ts';

const KUBELET = 'kubelet/';

/**
 * All machines of a zone lose their power: of the one that is named, or of that in which a Node is, or of the first there is.
 * Nodes without a zone are together in one without a name, as the controller of Nodes has it.
 * Source: staging/src/k8s.io/component-helpers/node/topology/helpers.go `GetZoneKey`, 1.36.2.
 */
export const zoneLoss: FaultDefinition = {
  name: 'zone-loss',
  target: 'cluster',
  parameters: [
    { name: 'zone', default: '' },
    { name: 'node', default: '' },
  ],
  effects(_target, { zone = '', node = '' }, running, _pod, scene) {
    const [first = ''] = [...new Set(scene.zones.values())].toSorted();
    const ofNode = node === '' ? first : (scene.zones.get(node) ?? '');
    const lost = zone === '' ? ofNode : zone;
    return running
      .filter((id) => id.startsWith(KUBELET))
      .map((id) => id.slice(KUBELET.length))
      .filter((name) => (scene.zones.get(name) ?? '') === lost)
      .flatMap((name) => processesOn(name, running, scene))
      .map((process) => ({ type: 'stop', process, how: 'power' }) as const);
  },
};
