import { conditionsOf, hasCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { nameAt } from '../../../base/json.ts';
import { taintsOf } from '../../../apimachinery/taints.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { LEASES, NODES, PODS } from '../resources.ts';
import { withConditionTaints } from './condition-taints.ts';
import { evictionTaints } from './eviction-taints.ts';
import type { NodeHealth } from './node-health.ts';
import { observeHealth, unknownStatus } from './node-health.ts';
import { patchTaints } from './patch-taints.ts';
import { reconcileLabels } from './reconcile-labels.ts';
import { isNotReady, markPodsNotReady, processPod } from './pods-not-ready.ts';

/** Source: pkg/controller/nodelifecycle/config/v1alpha1/defaults.go and KubeCloudShared, 1.36. */
const MONITOR_PERIOD_MS = 5000;
/** The key under which the taints that drive Pods away are dealt out, a Node at a time. */
const ZONES = '*zones*';
/** Before the key of a Pod that came to a Node. */
const POD = 'pod:';

/**
 * Watches the heartbeats of Nodes; one that is silent becomes Unknown, is tainted and loses its Pods' readiness.
 * Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go, 1.36.
 */
export const nodeLifecycle: Controller = {
  name: 'node-lifecycle-controller',
  account: 'node-controller',
  reportsAs: 'node-controller',
  workers: 8,
  watches: [
    { resource: NODES, keysOf: ({ key }) => [key, ZONES] },
    { resource: LEASES, keysOf: () => [] },
    {
      resource: PODS,
      keysOf: ({ key, type, object, old }, caches) => {
        const name = nameAt(object, 'spec', 'nodeName');
        if (type === 'DELETED' || name === undefined || name === nameAt(old, 'spec', 'nodeName')) return [];
        return isNotReady(caches.view(NODES).getKey(name)) ? [`${POD}${key}`] : [];
      },
    },
  ],
  resync: {
    everyMs: MONITOR_PERIOD_MS,
    keysOf: (caches) => caches.view(NODES).list().map(nameOf),
  },
  reconcile(context, key) {
    if (key === ZONES) return evictionTaints(context);
    if (key.startsWith(POD)) return failedOf(processPod(context, key.slice(POD.length)));
    const node = context.view(NODES).getKey(key);
    if (node === undefined) return forget(context, key);
    return checkHealth(context, node) ?? updateTaints(context, node) ?? failedOf(reconcileLabels(context, node));
  },
};

function checkHealth(context: ReconcileContext, node: KubernetesObject): Outcome | undefined {
  const before = context.memory as NodeHealth | undefined;
  if (before === undefined)
    tellOfNode(context, node, 'RegisteredNode', `Registered Node ${nameOf(node)} in Controller`);
  const health = observeHealth(context, node, before);
  context.remember(health);
  const status = health.isSilent ? unknownStatus(node, timeOf(context.nowMs)) : undefined;
  if (status === undefined) return health.owesPods === true ? tellPods(context, node, health) : undefined;
  const written = context.api.call({
    verb: 'update',
    resource: NODES,
    name: nameOf(node),
    subresource: 'status',
    body: { ...node, status },
  });
  if (!written.ok) return { failed: written.message };
  // Only of a Node that was ready, others do not know yet.
  if (!hasCondition(conditionsOf(node), 'Ready', 'True')) return undefined;
  context.event(node, 'Normal', 'NodeNotReady', `Node ${nameOf(node)} status is now: NodeNotReady`);
  return tellPods(context, node, health);
}

/** Pods of a Node that is not ready; what fails is tried again as long as the Node does not come back. */
function tellPods(context: ReconcileContext, node: KubernetesObject, health: NodeHealth): Outcome | undefined {
  const { owesPods: _, ...paid } = health;
  const isBack = health.owesPods === true && hasCondition(conditionsOf(node), 'Ready', 'True');
  const pods = isBack ? [] : context.view(PODS).indexed('node', nameOf(node));
  const failed = markPodsNotReady(context, pods);
  context.remember(failed === undefined ? paid : { ...paid, owesPods: true });
  return failedOf(failed);
}

/** A Node is gone. Source: node_lifecycle_controller.go `monitorNodeHealth`, 1.36. */
function forget(context: ReconcileContext, name: string): undefined {
  const known = context.memory as NodeHealth | undefined;
  if (known === undefined) return undefined;
  const node: KubernetesObject = { apiVersion: 'v1', kind: 'Node', metadata: { name, uid: known.uid } };
  tellOfNode(context, node, 'RemovingNode', `Removing Node ${name} from Controller`);
  context.remember(undefined);
  return undefined;
}

/** Source: pkg/controller/util/node/controller_utils.go `RecordNodeEvent`, 1.36. */
function tellOfNode(context: ReconcileContext, node: KubernetesObject, reason: string, message: string): void {
  context.event(node, 'Normal', reason, `Node ${nameOf(node)} event: ${message}`);
}

function failedOf(failed: string | undefined): Outcome | undefined {
  return failed === undefined ? undefined : { failed };
}

function updateTaints(context: ReconcileContext, node: KubernetesObject): Outcome | undefined {
  const taints = withConditionTaints(node, timeOf(context.nowMs));
  if (taints === taintsOf(node)) return undefined;
  return failedOf(patchTaints(context, nameOf(node), taints));
}
