import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ApiCall } from '../client/api-client.ts';
import { microTimeOf } from '../kernel/clock.ts';
import type { ApiResponse } from '../messages.ts';
import { askItself } from './loopback.ts';
import { newUid } from './new-metadata.ts';
import type { Server } from './state.ts';

/** Name of the timer with which the API server says that it is there. */
export const IDENTITY = 'identity-lease';

/** Source: pkg/controlplane/apiserver/server.go `IdentityLeaseDurationSeconds`, `IdentityLeaseRenewIntervalPeriod`, 1.36. */
const DURATION_SECONDS = 3600;
const RENEW_MS = 10_000;

const LEASES = {
  resource: { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' },
  namespace: 'kube-system',
};
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 26;

/** The Lease of an API server. Never changes. */
export interface Identity {
  /** `apiserver-` and a hash of the host's name. */
  readonly name: string;
  readonly holder: string;
  /** Undefined until it has been written or read. */
  readonly lease: KubernetesObject | undefined;
}

export function newIdentity({ context }: Pick<Server, 'context'>): Identity {
  const name = `apiserver-${context.random.letters('identity', LETTERS, LENGTH)}`;
  return Object.freeze({ name, holder: `${name}_${newUid(context)}`, lease: undefined });
}

/**
 * Every API server has a Lease in kube-system that says that it is there.
 * Source: pkg/controlplane/apiserver/server.go, staging/src/k8s.io/component-helpers/apimachinery/lease/controller.go, 1.36.
 */
export function renewIdentity(server: Server): void {
  const { state, context } = server;
  askItself(server, writeOf(server), { type: 'identity' });
  if (state.isIdentitySet) return;
  state.isIdentitySet = true;
  context.timer(RENEW_MS, IDENTITY, undefined, { periodic: true });
}

function writeOf({ state, context }: Server): ApiCall {
  const { name, holder, lease } = state.identity;
  const renewTime = microTimeOf(context.nowMs);
  const spec = { holderIdentity: holder, leaseDurationSeconds: DURATION_SECONDS, renewTime };
  if (lease !== undefined) return { ...LEASES, verb: 'update', name, body: { ...lease, spec } };
  const labels = { 'apiserver.kubernetes.io/identity': 'kube-apiserver', 'kubernetes.io/hostname': context.self };
  const metadata = { name, namespace: LEASES.namespace, labels };
  const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec };
  return { ...LEASES, verb: 'create', body };
}

/** The server has answered itself: what is there already is read and written the next time. */
export function identityAnswered(server: Server, { code, body }: ApiResponse): void {
  const { state } = server;
  if (code >= 200 && code < 300 && body !== undefined)
    state.identity = Object.freeze({ ...state.identity, lease: body });
  else if (code === 409) askItself(server, { ...LEASES, verb: 'get', name: state.identity.name }, { type: 'identity' });
}
