import { nameOf } from '../../apimachinery/object.ts';
import { nameAt } from '../../base/json.ts';
import { askNodePools } from '../clusterautoscaler/ask-node-pools.ts';
import { REFRESH } from '../clusterautoscaler/pool-provider.ts';
import { isNodeReady } from '../clusterautoscaler/readiness.ts';
import type { Controller } from '../controllers/controller.ts';
import { NODES } from '../controllers/resources.ts';

export const CLOUD_NODE_LIFECYCLE = 'cloud-node-lifecycle-controller';

const ALL = 'nodes';
/** Source: staging/src/k8s.io/controller-manager/config `NodeMonitorPeriod`, cmd/cloud-controller-manager, 1.36. */
const PERIOD_MS = 5000;

/**
 * Deletes Nodes that are not ready and whose machine the cloud does not have any more.
 * Source: staging/src/k8s.io/cloud-provider/controllers/nodelifecycle/node_lifecycle_controller.go `MonitorNodes`, 1.36.
 */
export const cloudNodeLifecycle: Controller = {
  name: CLOUD_NODE_LIFECYCLE,
  workers: 1,
  watches: [{ resource: NODES, keysOf: () => [] }],
  resync: { everyMs: PERIOD_MS, keysOf: () => [ALL] },
  reconcile(context) {
    const silent = context
      .view(NODES)
      .list()
      .filter((node) => !isNodeReady(node) && nameAt(node, 'spec', 'providerID') !== undefined);
    if (silent.length === 0) return undefined;
    const pools = askNodePools(context, CLOUD_NODE_LIFECYCLE, REFRESH);
    if (typeof pools === 'string') return { failed: pools };
    const there = new Set(pools.flatMap(({ instances }) => instances.map(({ name }) => name)));
    for (const node of silent) {
      const name = nameOf(node);
      if (there.has(name)) continue;
      const words = `Deleting node ${name} because it does not exist in the cloud provider`;
      context.event(node, 'Normal', 'DeletingNode', words);
      const deleted = context.api.call({ verb: 'delete', resource: NODES, name });
      if (!deleted.ok && deleted.code !== 404) {
        const failed = `Failed deleting node ${name}: ${deleted.message}`;
        context.event(node, 'Warning', 'DeletingNodeFailed', failed);
      }
    }
    return undefined;
  },
};
