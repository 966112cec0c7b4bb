import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { msOfMoment, parseTime } from '../../../apimachinery/time.ts';
import { arrayAt, nameAt, numberAt, objectAt } from '../../../base/json.ts';
import type { RequestOptions } from '../../messages.ts';
import { RUN_BEGINS_MS, timeOf } from '../../kernel/clock.ts';
import { withMetadata } from '../new-metadata.ts';

/** What deleting an object does to its dependents, where nobody says otherwise. */
export type CollectionPolicy = 'delete' | 'orphan' | 'unsupported';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/**
 * The finalizers of an object that is to be deleted; the same list where they stay.
 * Source: staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go `deletionFinalizersForGarbageCollection`, 1.36.
 */
export function finalizersForCollection(
  finalizers: readonly string[],
  policy: RequestOptions['propagationPolicy'],
  otherwise: CollectionPolicy,
): readonly string[] {
  const wanted = otherwise === 'unsupported' ? undefined : finalizerFor(finalizers, policy, otherwise);
  const others = finalizers.filter((finalizer) => finalizer !== FOREGROUND && finalizer !== ORPHAN);
  const next = wanted === undefined ? others : [...others, wanted];
  const isSame = next.length === new Set(finalizers).size && next.every((finalizer) => finalizers.includes(finalizer));
  return isSame ? finalizers : next;
}

function finalizerFor(
  finalizers: readonly string[],
  policy: RequestOptions['propagationPolicy'],
  otherwise: CollectionPolicy,
): string | undefined {
  if (policy !== undefined) return policy === 'Orphan' ? ORPHAN : policy === 'Foreground' ? FOREGROUND : undefined;
  const own = finalizers.find((finalizer) => finalizer === FOREGROUND || finalizer === ORPHAN);
  return own ?? (otherwise === 'orphan' ? ORPHAN : undefined);
}

/** `graceful`: the object goes in its time; `pending`: it is going already; `no`: it is given no time. */
type Grace = {
  readonly type: 'graceful' | 'pending' | 'no';
  readonly object: KubernetesObject;
  readonly graceSeconds: number;
};

/**
 * How an object goes that may be given time (`ownSeconds`: what its kind says of it; undefined for kinds that give none).
 * Source: staging/src/k8s.io/apiserver/pkg/registry/rest/delete.go `BeforeDelete`, 1.36.
 */
export function beforeDelete(
  object: KubernetesObject,
  askedSeconds: number | undefined,
  ownSeconds: ((asked: number | undefined) => number) | undefined,
  nowMs: number,
): Grace {
  const asked = askedSeconds !== undefined && askedSeconds < 0 ? 1 : askedSeconds;
  const none: Grace = { type: 'no', object, graceSeconds: asked ?? 0 };
  if (ownSeconds === undefined) return none;
  const metadata = objectAt(object, 'metadata') ?? {};
  const deleted = nameAt(metadata, 'deletionTimestamp');
  if (deleted === undefined) {
    const graceSeconds = ownSeconds(asked);
    const generation = numberAt(metadata, 'generation') ?? 0;
    const marked = withMetadata(object, {
      ...metadata,
      ...(generation > 0 ? { generation: generation + 1 } : {}),
      deletionTimestamp: timeOf(nowMs + graceSeconds * 1000),
      deletionGracePeriodSeconds: graceSeconds,
    });
    return { type: 'graceful', object: marked, graceSeconds };
  }
  const stored = numberAt(metadata, 'deletionGracePeriodSeconds') ?? 0;
  const before = stored < 0 ? 1 : stored;
  if (before === 0) return none;
  if (asked === undefined || asked >= before) {
    const kept = stored < 0 ? withMetadata(object, { ...metadata, deletionGracePeriodSeconds: before }) : object;
    return { type: 'pending', object: kept, graceSeconds: asked ?? before };
  }
  const endsMs = msOf(deleted) - before * 1000 + asked * 1000;
  const isPast = endsMs < nowMs;
  const period = isPast && asked !== 0 ? 1 : asked;
  const shortened = withMetadata(object, {
    ...metadata,
    deletionTimestamp: timeOf(isPast ? nowMs : endsMs),
    deletionGracePeriodSeconds: period,
  });
  return { type: 'graceful', object: shortened, graceSeconds: asked };
}

function msOf(time: string): number {
  const moment = parseTime(time);
  return moment === undefined ? 0 : msOfMoment(moment) - RUN_BEGINS_MS;
}

/** An object that waits for its finalizers. Source: store.go `markAsDeleting`, 1.36. */
export function markAsDeleting(object: KubernetesObject, nowMs: number): KubernetesObject {
  const metadata = objectAt(object, 'metadata') ?? {};
  const deleted = nameAt(metadata, 'deletionTimestamp');
  const generation = numberAt(metadata, 'generation') ?? 0;
  return withMetadata(object, {
    ...metadata,
    ...(deleted === undefined && generation > 0 ? { generation: generation + 1 } : {}),
    deletionTimestamp: deleted === undefined || msOf(deleted) > nowMs ? timeOf(nowMs) : deleted,
    deletionGracePeriodSeconds: 0,
  });
}

/** What becomes of an object that is deleted: it goes, stays as it is, or is marked. */
export type Deletion =
  | { readonly type: 'gone' }
  | { readonly type: 'unchanged' }
  | { readonly type: 'marked'; readonly object: KubernetesObject };

/** Source: store.go `Delete` and `updateForGracefulDeletionAndFinalizers`, 1.36. */
export function deletionOf(
  object: KubernetesObject,
  { gracePeriodSeconds, propagationPolicy }: RequestOptions,
  policy: CollectionPolicy,
  ownSeconds: ((asked: number | undefined) => number) | undefined,
  nowMs: number,
): Deletion {
  const grace = beforeDelete(object, gracePeriodSeconds, ownSeconds, nowMs);
  if (grace.type === 'pending') return { type: 'unchanged' };
  const before = arrayAt(object, 'metadata', 'finalizers').map(String);
  const finalizers = finalizersForCollection(before, propagationPolicy, policy);
  const held = finalizers === before ? grace.object : withFinalizers(grace.object, finalizers);
  if (grace.type === 'graceful') {
    if (finalizers.length === 0 && grace.graceSeconds === 0) return { type: 'gone' };
    return { type: 'marked', object: held };
  }
  return finalizers.length === 0 ? { type: 'gone' } : { type: 'marked', object: markAsDeleting(held, nowMs) };
}

function withFinalizers(object: KubernetesObject, finalizers: readonly string[]): KubernetesObject {
  const { finalizers: _, ...metadata } = objectAt(object, 'metadata') ?? {};
  return withMetadata(object, finalizers.length === 0 ? metadata : { ...metadata, finalizers });
}
