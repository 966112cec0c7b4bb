import type { KubernetesObject } from '../../apimachinery/object.ts';
import { numberAt, stringAt } from '../../base/json.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import { microTimeOf } from '../kernel/clock.ts';
import type { ResourceName } from '../messages.ts';

const LEASES: ResourceName = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases' };

/** The Lease that a process wants to hold, and as whom. */
export interface Candidate {
  readonly identity: string;
  readonly namespace: string;
  readonly name: string;
  readonly leaseSeconds: number;
}

/** What a Lease says of its holder, as far as it matters who holds it. Times as they stand in the Lease. */
export interface ElectionRecord {
  /** Empty where nobody holds it. */
  readonly holder: string;
  readonly leaseSeconds: number;
  readonly transitions: number;
  readonly acquireTime: string | undefined;
  readonly renewTime: string | undefined;
}

/** What a candidate has seen last, and when by its own clock. Never changes. */
export interface Observed {
  readonly record: ElectionRecord;
  readonly atMs: number;
  /** The record as the server gave it when it was read last: what the candidate writes itself does not count. */
  readonly read: ElectionRecord;
  /** The Lease as it was read or written last. */
  readonly lease: KubernetesObject | undefined;
}

const NOBODY: ElectionRecord = Object.freeze({
  holder: '',
  leaseSeconds: 0,
  transitions: 0,
  acquireTime: undefined,
  renewTime: undefined,
});

export const NOTHING_OBSERVED: Observed = Object.freeze({ record: NOBODY, atMs: 0, read: NOBODY, lease: undefined });

/** How one try reaches the server, and its own clock, in milliseconds of the run. */
export interface ElectionApi {
  call(call: ApiCall): ApiResult;
  nowMs(): number;
}

export function isHolder({ identity }: Candidate, { record }: Observed): boolean {
  return record.holder === identity;
}

/**
 * Tries once to take a Lease, or to renew it where it is held: whoever holds it writes at once what it believes to be the
 * newest version; everybody else reads first, and writes only what nobody has renewed for as long as the Lease lasts, by
 * the own clock since it was seen to change.
 * Source: staging/src/k8s.io/client-go/tools/leaderelection/leaderelection.go `tryAcquireOrRenew`, 1.36.2.
 */
export function tryAcquireOrRenew(
  api: ElectionApi,
  candidate: Candidate,
  before: Observed,
): { readonly succeeded: boolean; readonly observed: Observed } {
  const nowMs = api.nowMs();
  const now = microTimeOf(nowMs);
  const own: ElectionRecord = {
    holder: candidate.identity,
    leaseSeconds: candidate.leaseSeconds,
    transitions: 0,
    acquireTime: now,
    renewTime: now,
  };
  if (isHolder(candidate, before) && isValid(before, nowMs)) {
    const { acquireTime, transitions } = before.record;
    const renewed = { ...own, acquireTime, transitions };
    const answer = write(api, candidate, before.lease, renewed);
    if (answer?.ok === true) return { succeeded: true, observed: wrote(api, before, renewed, answer.object) };
  }
  const found = api.call({ ...placeOf(candidate), verb: 'get', name: candidate.name });
  if (!found.ok) {
    if (found.code !== 404) return { succeeded: false, observed: before };
    const made = api.call({ ...placeOf(candidate), verb: 'create', body: leaseOf(candidate, undefined, own) });
    if (!made.ok) return { succeeded: false, observed: before };
    return { succeeded: true, observed: wrote(api, before, own, made.object) };
  }
  const read = recordOf(found.object);
  const isNew = !isSame(read, before.read);
  const observed: Observed = isNew
    ? { record: read, atMs: api.nowMs(), read, lease: found.object }
    : { ...before, lease: found.object };
  const isOwn = isHolder(candidate, observed);
  if (read.holder !== '' && isValid(observed, nowMs) && !isOwn) return { succeeded: false, observed };
  const taken: ElectionRecord = isOwn
    ? { ...own, acquireTime: read.acquireTime, transitions: read.transitions }
    : { ...own, transitions: read.transitions + 1 };
  const answer = write(api, candidate, found.object, taken);
  if (answer?.ok !== true) return { succeeded: false, observed };
  return { succeeded: true, observed: wrote(api, observed, taken, answer.object) };
}

/**
 * Gives the Lease back, as kube-scheduler does when it ends; a failure changes nothing.
 * Source: leaderelection.go `release`; cmd/kube-scheduler/app/options/options.go `ReleaseOnCancel`, 1.36.2.
 */
export function release(api: ElectionApi, candidate: Candidate, before: Observed): void {
  const found = api.call({ ...placeOf(candidate), verb: 'get', name: candidate.name });
  if (!found.ok || !isHolder(candidate, before)) return;
  const now = microTimeOf(api.nowMs());
  const { transitions } = recordOf(found.object);
  write(api, candidate, found.object, { holder: '', leaseSeconds: 1, transitions, acquireTime: now, renewTime: now });
}

/** The record of a Lease. Source: resourcelock/leaselock.go `LeaseSpecToLeaderElectionRecord`. */
export function recordOf(lease: KubernetesObject): ElectionRecord {
  return {
    holder: stringAt(lease, 'spec', 'holderIdentity') ?? '',
    leaseSeconds: numberAt(lease, 'spec', 'leaseDurationSeconds') ?? 0,
    transitions: numberAt(lease, 'spec', 'leaseTransitions') ?? 0,
    acquireTime: stringAt(lease, 'spec', 'acquireTime'),
    renewTime: stringAt(lease, 'spec', 'renewTime'),
  };
}

/** Whether nobody may take it yet. What is read is observed after the try began, so that the last millisecond counts. */
function isValid({ record, atMs }: Observed, nowMs: number): boolean {
  return atMs + record.leaseSeconds * 1000 >= nowMs;
}

function isSame(a: ElectionRecord, b: ElectionRecord): boolean {
  return (
    a.holder === b.holder &&
    a.leaseSeconds === b.leaseSeconds &&
    a.transitions === b.transitions &&
    a.acquireTime === b.acquireTime &&
    a.renewTime === b.renewTime
  );
}

function wrote(api: ElectionApi, before: Observed, record: ElectionRecord, lease: KubernetesObject): Observed {
  return { record, atMs: api.nowMs(), read: before.read, lease };
}

/** Nothing where no Lease was ever read: there is no version to write against. */
function write(
  api: ElectionApi,
  candidate: Candidate,
  lease: KubernetesObject | undefined,
  record: ElectionRecord,
): ApiResult | undefined {
  if (lease === undefined) return undefined;
  const body = leaseOf(candidate, lease, record);
  return api.call({ ...placeOf(candidate), verb: 'update', name: candidate.name, body });
}

function placeOf({ namespace }: Candidate) {
  return { resource: LEASES, namespace } as const;
}

function leaseOf(
  { name, namespace }: Candidate,
  lease: KubernetesObject | undefined,
  { holder, leaseSeconds, transitions, acquireTime, renewTime }: ElectionRecord,
): KubernetesObject {
  const head = lease ?? { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace } };
  return {
    ...head,
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: leaseSeconds,
      ...(acquireTime === undefined ? {} : { acquireTime }),
      ...(renewTime === undefined ? {} : { renewTime }),
      leaseTransitions: transitions,
    },
  };
}
