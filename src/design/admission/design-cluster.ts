import type { ClusterView } from '../../admission/cluster-view.ts';
import { NAMESPACE } from '../../admission/cluster-view.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { formatGroupKind, groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import { PINNED_RELEASE } from '../../openapi/resource.ts';
import type { Design, DesignRecord } from '../design.ts';
import { verdictOf } from '../validity.ts';
import { providedObject } from './provided-object.ts';

/** The objects of one kind in one namespace, by name; the same value for as long as they are the same. */
export interface Bucket {
  readonly objects: readonly KubernetesObject[];
  /** In the order in which they are applied, several of one name among them. */
  readonly applied: readonly KubernetesObject[];
  readonly byName: ReadonlyMap<string, KubernetesObject>;
  /** When each is applied, counted from 0. */
  readonly places: ReadonlyMap<KubernetesObject, number>;
}

/** A record and what the server makes of it; the same value for as long as neither changes. */
export interface ClusterEntry {
  readonly record: DesignRecord;
  /** Undefined where the server refuses it. */
  readonly object: KubernetesObject | undefined;
  /** Its bucket. */
  readonly key: string;
}

/** What a design would be once it is applied, as admission sees it. */
export class DesignCluster {
  /** In the order in which they are applied. */
  readonly entries: readonly ClusterEntry[];
  private readonly buckets: ReadonlyMap<string, Bucket>;
  private readonly context: JudgeContext;

  /** What is as it was `before` is taken over from there. */
  constructor(design: Design, context: JudgeContext, before: DesignCluster | undefined) {
    this.context = context;
    this.entries = entriesOf(design, context, before?.entries ?? []);
    this.buckets = bucketsOf(this.entries, before);
  }

  /** Keys of the buckets that are not as they were. */
  changedSince(before: DesignCluster): ReadonlySet<string> {
    const changed = new Set<string>();
    if (this.buckets === before.buckets) return changed;
    for (const [key, bucket] of this.buckets) if (before.buckets.get(key) !== bucket) changed.add(key);
    for (const key of before.buckets.keys()) if (!this.buckets.has(key)) changed.add(key);
    return changed;
  }

  /** Undefined where there are none. */
  bucket(key: string): Bucket | undefined {
    return this.buckets.get(key);
  }

  /** Keys of the buckets of a kind, one for each namespace. */
  keysOf(kind: GroupKind): readonly string[] {
    const start = `${formatGroupKind(kind)}/`;
    return [...this.buckets.keys()].filter((key) => key.startsWith(start));
  }

  /** A view of what is there when `self` comes: nothing of its own kind that comes later. `reads` gathers what is looked at. */
  view(self: KubernetesObject, reads: Set<string>): ClusterView {
    const { context } = this;
    const read = (kind: GroupKind, namespace: string): Bucket | undefined => {
      const key = bucketKey(kind, namespace);
      reads.add(key);
      return this.buckets.get(key);
    };
    const isThere = (bucket: Bucket, object: KubernetesObject): boolean => {
      const place = bucket.places.get(self);
      return place === undefined || bucket.places.get(object)! < place;
    };
    return {
      get: (kind, namespace, name) => {
        const bucket = read(kind, namespace);
        const found = bucket?.byName.get(name);
        if (bucket !== undefined && found !== undefined && isThere(bucket, found)) return found;
        return providedObject(context.registry, kind, namespace, name) ?? assumedObject(kind, name);
      },
      list: (kind, namespace) => {
        const bucket = read(kind, namespace);
        if (bucket === undefined) return [];
        return bucket.places.has(self) ? bucket.objects.filter((object) => isThere(bucket, object)) : bucket.objects;
      },
      release: context.release ?? PINNED_RELEASE,
      nowMs: 0,
      // Without a run nobody asks who applies the design: it is the administrator, who may do everything.
      authorize: () => true,
      kinds: context,
      resourcesOf: (kind) => {
        const definition = context.registry.find(kind);
        return definition === undefined ? [] : [definition];
      },
    };
  }
}

/** A namespace that is not declared here is taken to be there: a check of its own tells that it is not declared. */
function assumedObject(kind: GroupKind, name: string): KubernetesObject | undefined {
  const isNamespace = kind.kind === NAMESPACE.kind && kind.group === NAMESPACE.group;
  return isNamespace ? { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } : undefined;
}

export function bucketKey(kind: GroupKind, namespace: string): string {
  return `${formatGroupKind(kind)}/${namespace}`;
}

/** What the server makes of a record; undefined where it refuses it. What nobody knows is taken as it is written. */
function storedObject(record: DesignRecord, context: JudgeContext): KubernetesObject | undefined {
  const verdict = verdictOf(record, context);
  return verdict.valid === null ? record.object : verdict.stored;
}

function entriesOf(design: Design, context: JudgeContext, before: readonly ClusterEntry[]): readonly ClusterEntry[] {
  const known = sameRecords(design, before) ? undefined : new Map(before.map((entry) => [entry.record.id, entry]));
  const entries: ClusterEntry[] = [];
  for (const record of design.records.values()) {
    const old = known === undefined ? before[entries.length] : known.get(record.id);
    const object = storedObject(record, context);
    if (old?.record === record && old.object === object) entries.push(old);
    else {
      const key = object === undefined ? '' : bucketKey(groupVersionKindOf(object), record.namespace);
      entries.push({ record, object, key });
    }
  }
  return entries;
}

/** Whether the records stand where they stood. */
function sameRecords({ records }: Design, before: readonly ClusterEntry[]): boolean {
  if (records.size !== before.length) return false;
  let at = 0;
  for (const id of records.keys()) if (before[at++]?.record.id !== id) return false;
  return true;
}

/** A bucket that would hold the same is the same value as before. */
function bucketsOf(entries: readonly ClusterEntry[], before: DesignCluster | undefined): ReadonlyMap<string, Bucket> {
  const lists = new Map<string, KubernetesObject[]>();
  for (const { key, object } of entries) {
    if (object === undefined) continue;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [object]);
    else list.push(object);
  }
  const buckets = new Map<string, Bucket>();
  for (const [key, applied] of lists) {
    const old = before?.bucket(key);
    buckets.set(key, old !== undefined && isSame(old, applied) ? old : bucketOf(applied));
  }
  return buckets;
}

function isSame({ applied: before }: Bucket, applied: readonly KubernetesObject[]): boolean {
  return before.length === applied.length && applied.every((object, place) => before[place] === object);
}

function bucketOf(applied: readonly KubernetesObject[]): Bucket {
  const byName = new Map<string, KubernetesObject>();
  for (const object of applied) if (!byName.has(nameOf(object))) byName.set(nameOf(object), object);
  return {
    objects: [...byName.values()].sort((a, b) => compareStrings(nameOf(a), nameOf(b))),
    applied,
    byName,
    places: new Map(applied.map((object, place) => [object, place])),
  };
}
