import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf } from '../../apimachinery/object.ts';
import type { Design } from '../../design/design.ts';
import { NODES_KEY, drawnOf } from '../../design/drawn.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import type { AssumedNodes } from './cluster-plan.ts';

/** Three workers of 4 CPU and 16 GiB, as a rehearsal has them. */
const ORDINARY_NODES: AssumedNodes = { workers: 3, cpu: 4, memoryGi: 16 };
const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

/** The Nodes to draw where the design holds none: as a person drew them, or ordinary ones. */
export function assumedNodesOf({ placements }: Design): AssumedNodes {
  const placement = placements.cluster.get(NODES_KEY);
  const drawn = placement && drawnOf(NODES_KEY, placement);
  return drawn?.type === 'nodes' ? drawn : ORDINARY_NODES;
}

/** One control-plane Node that keeps Pods off, as kubeadm makes it, and the workers. */
export function assumedNodeObjects(
  { workers, cpu, memoryGi }: AssumedNodes,
  registry: KindRegistry,
): readonly KubernetesObject[] {
  const { newObject } = registry.get({ group: '', kind: 'Node' });
  const capacity = { cpu: String(cpu), memory: `${memoryGi}Gi`, pods: '110' };
  const controlPlane = newObject('cp-1');
  return [
    {
      ...controlPlane,
      metadata: { name: 'cp-1', labels: { ...Object.fromEntries(labelsOf(controlPlane)), [CONTROL_PLANE]: '' } },
      spec: { taints: [{ key: CONTROL_PLANE, effect: 'NoSchedule' }] },
    },
    ...Array.from({ length: workers }, (_, index) => ({
      ...newObject(`w${index + 1}`),
      status: { capacity, allocatable: capacity },
    })),
  ];
}
