import type { KubernetesObject } from '../../apimachinery/object.ts';
import { withWriteTime } from '../../apimachinery/patch/server-side-apply/managed-fields.ts';
import { arrayAt, isJsonObject, objectAt, stringAt } from '../../base/json.ts';
import { microTimeOf, timeOf } from '../kernel/clock.ts';
import type { EtcdHeartbeats, Heartbeat } from '../messages.ts';
import type { Server } from './state.ts';
import { etcdOf } from './storage.ts';

/** Name of the timer with which the heartbeats that have come are written. */
export const HEARTBEATS = 'heartbeats';
/** They are written as often as somebody looks at them. Source: pkg/controller/nodelifecycle/config/v1alpha1/defaults.go `NodeMonitorPeriod`, 1.36. */
const PERIOD_MS = 5000;

/** Notes a heartbeat: it is written with those of the other Nodes. */
export function hearHeartbeat({ state, context }: Server, heartbeat: Heartbeat): void {
  state.heartbeats.set(`${heartbeat.of}/${heartbeat.name}`, Object.freeze(heartbeat));
  if (state.isBeating) return;
  state.isBeating = true;
  context.timer(PERIOD_MS - (context.nowMs % PERIOD_MS), HEARTBEATS, undefined, { periodic: true });
}

/** Writes what has come: one message to etcd for all, where each would be a request with all its gates. */
export function writeHeartbeats({ state, context }: Server): void {
  state.isBeating = false;
  const txns = [...state.heartbeats.values()].flatMap((heartbeat) => txnOf({ state, context }, heartbeat) ?? []);
  state.heartbeats.clear();
  if (txns.length === 0) return;
  context.send(
    etcdOf(state),
    { type: 'etcd-heartbeats', id: context.next('etcd'), txns },
    { class: 'request', verb: 'Txn', detail: { heartbeats: txns.length } },
  );
}

/** Undefined where the object is gone, or is not as kubelets leave it. */
function txnOf({ state }: Server, { of, name, timeMs }: Heartbeat): EtcdHeartbeats['txns'][number] | undefined {
  const [resource, place] = of === 'Lease' ? [LEASES, `kube-node-lease/${name}`] : ['nodes', name];
  const before = state.caches.get(resource)?.view.getKey(place);
  if (before === undefined) return undefined;
  const heard = of === 'Lease' ? renewed(before, timeMs) : heardOf(before, timeMs);
  const subresource = of === 'Lease' ? '' : 'status';
  const writer = { manager: 'kubelet', operation: 'Update', apiVersion: before.apiVersion, subresource } as const;
  const value = withWriteTime(heard, writer, timeOf(timeMs));
  const expectedRevision = Number(stringAt(before, 'metadata', 'resourceVersion') ?? 0);
  const prefix = state.resources.get(resource)?.prefix ?? '';
  return { key: prefix + place, expectedRevision, value: Object.freeze(value) };
}

const LEASES = 'leases.coordination.k8s.io';

function renewed(lease: KubernetesObject, timeMs: number): KubernetesObject {
  return { ...lease, spec: { ...objectAt(lease, 'spec'), renewTime: microTimeOf(timeMs) } };
}

/** The conditions that kubelets report. Source: pkg/kubelet/kubelet_node_status.go `defaultNodeStatusFuncs`, 1.36. */
const OWN_CONDITIONS = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'];

function heardOf(node: KubernetesObject, timeMs: number): KubernetesObject {
  const conditions = arrayAt(node, 'status', 'conditions').map((condition) =>
    isJsonObject(condition) && OWN_CONDITIONS.includes(stringAt(condition, 'type') ?? '')
      ? { ...condition, lastHeartbeatTime: timeOf(timeMs) }
      : condition,
  );
  return { ...node, status: { ...objectAt(node, 'status'), conditions } };
}
