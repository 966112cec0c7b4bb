import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import type { Context } from '../component.ts';
import { microTimeOf, timeOf } from '../kernel/clock.ts';
import type { ApiResponse } from '../messages.ts';
import { ask } from './state.ts';
import type { KubeletState } from './state.ts';

const NODES = { group: '', version: 'v1', plural: 'nodes' } as const;
const LEASES = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' } as const;

export const REGISTER = 'register';
export const RENEW = 'renew-lease';
export const REPORT = 'report-node';

/** Source: pkg/kubelet/kubelet.go `nodeLeaseRenewIntervalFraction`, pkg/kubelet/apis/config/v1beta1/defaults.go, 1.36. */
const LEASE_SECONDS = 40;
const RENEW_MS = 10_000;
const RENEW_JITTER_MS = 400;
const REPORT_MS = 300_000;
const RETRY_MS = 1000;

export function register(state: KubeletState, context: Context): void {
  ask(state, { type: 'register' }, { verb: 'create', resource: NODES, body: state.settings.node }, context);
}

export function registered(state: KubeletState, code: number, context: Context): void {
  if (code === 0) return context.timer(RETRY_MS, REGISTER);
  report(state, context);
  renewLease(state, context);
}

/** The whole status now, and again in five minutes. Source: pkg/kubelet/nodestatus/setters.go, 1.36. */
export function report(state: KubeletState, context: Context): void {
  const { node, hostIp } = state.settings;
  const now = timeOf(context.nowMs);
  const condition = (type: string, status: string, reason: string, message: string): JsonObject => {
    const base = { type, status, reason, message, lastHeartbeatTime: now };
    return state.lease === undefined ? { ...base, lastTransitionTime: now } : base;
  };
  const { capacity, allocatable } = (objectAt(node, 'status') ?? {}) as JsonObject;
  const status = {
    capacity: capacity ?? {},
    allocatable: allocatable ?? capacity ?? {},
    addresses: [
      { type: 'InternalIP', address: hostIp },
      { type: 'Hostname', address: nameOf(node) },
    ],
    conditions: [
      condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
      condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
      condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
      condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
    ],
  };
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'Node', status };
  const call = { verb: 'patch', resource: NODES, name: nameOf(node), subresource: 'status', body } as const;
  ask(state, { type: 'node-status' }, { ...call, options: { patchType: 'strategic' } }, context);
  context.timer(REPORT_MS, REPORT, undefined, { periodic: true });
}

/** Says every ten seconds that the Node is there. Source: staging/src/k8s.io/component-helpers/apimachinery/lease, 1.36. */
export function renewLease(state: KubeletState, context: Context): void {
  const name = nameOf(state.settings.node);
  const at = { resource: LEASES, namespace: 'kube-node-lease' } as const;
  const spec = { holderIdentity: name, leaseDurationSeconds: LEASE_SECONDS, renewTime: microTimeOf(context.nowMs) };
  const head = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
  if (state.lease === undefined) {
    const body: KubernetesObject = { ...head, metadata: { name, namespace: at.namespace }, spec };
    ask(state, { type: 'lease' }, { ...at, verb: 'create', body }, context);
  } else {
    const body: KubernetesObject = { ...state.lease, spec };
    ask(state, { type: 'lease' }, { ...at, verb: 'update', name, body }, context);
  }
  const jitter = context.random.integer(`lease/${context.next('lease')}`, 0, RENEW_JITTER_MS);
  context.timer(RENEW_MS + jitter, RENEW, undefined, { periodic: true });
}

/** After a refusal the Lease that is there is read first. */
export function leaseAnswered(state: KubeletState, { code, body }: ApiResponse, context: Context): void {
  if (code >= 200 && code < 300 && body !== undefined) state.lease = body;
  else if (code === 409) {
    const name = nameOf(state.settings.node);
    ask(state, { type: 'lease' }, { verb: 'get', resource: LEASES, namespace: 'kube-node-lease', name }, context);
  }
}
