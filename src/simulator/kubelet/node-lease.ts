import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Context } from '../component.ts';
import { microTimeOf } from '../kernel/clock.ts';
import type { ApiResponse, Heartbeat } from '../messages.ts';
import { ask } from './state.ts';
import type { KubeletState } from './state.ts';

const LEASES = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' } as const;

export const RENEW = 'renew-lease';

/**
 * Whether the API server has taken in what all kubelets say again and again, to be written together with what the others
 * say. What would not arrive is sent as a request of its own, which fails as it does.
 */
export function isBeatTaken({ settings }: KubeletState, of: Heartbeat['of'], context: Context): boolean {
  const { server, node, beatsTogether } = settings;
  if (beatsTogether !== true || !context.reaches(server)) return false;
  context.handOver(server, { type: 'heartbeat', of, name: nameOf(node), timeMs: context.nowMs });
  return true;
}

/** Says every ten seconds that the Node is there. Source: staging/src/k8s.io/component-helpers/apimachinery/lease, 1.36. */
export function renewLease(state: KubeletState, context: Context): void {
  if (state.lease === undefined || !isBeatTaken(state, 'Lease', context)) sendLease(state, context);
  const { renewMs, renewJitterMs } = context.numbers.kubelet;
  const jitter = context.random.integer(`lease/${context.next('lease')}`, 0, renewJitterMs);
  context.timer(renewMs + jitter, RENEW, undefined, { periodic: true });
}

function sendLease(state: KubeletState, context: Context): void {
  const name = nameOf(state.settings.node);
  const at = { resource: LEASES, namespace: 'kube-node-lease' } as const;
  const { leaseSeconds } = context.numbers.kubelet;
  const spec = {
    holderIdentity: name,
    leaseDurationSeconds: leaseSeconds,
    renewTime: microTimeOf(context.nowMs + state.clockSkewMs),
  };
  const head = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
  if (state.lease === undefined) {
    const body: KubernetesObject = { ...head, metadata: { name, namespace: at.namespace }, spec };
    ask(state, { type: 'lease' }, { ...at, verb: 'create', body }, context);
  } else {
    const body: KubernetesObject = { ...state.lease, spec };
    ask(state, { type: 'lease' }, { ...at, verb: 'update', name, body }, context);
  }
}

/** After a refusal the Lease that is there is read first. */
export function leaseAnswered(state: KubeletState, { code, body }: ApiResponse, context: Context): void {
  if (code >= 200 && code < 300 && body !== undefined) state.lease = body;
  else if (code === 409) {
    const name = nameOf(state.settings.node);
    ask(state, { type: 'lease' }, { verb: 'get', resource: LEASES, namespace: 'kube-node-lease', name }, context);
  }
}
