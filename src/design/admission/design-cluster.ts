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
  readonly byName: ReadonlyMap<string, KubernetesObject>;
  /** When each is applied, counted from 0. */
  readonly places: ReadonlyMap<KubernetesObject, number>;
}

/** What a design would be once it is applied, as admission sees it. */
export class DesignCluster {
  private readonly buckets: ReadonlyMap<string, Bucket>;
  private readonly context: JudgeContext;

  constructor(design: Design, context: JudgeContext, before: DesignCluster | undefined) {
    this.context = context;
    this.buckets = bucketsOf(design, context, before?.buckets);
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
      authorize: () => true,
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
export function storedObject(record: DesignRecord, context: JudgeContext): KubernetesObject | undefined {
  const verdict = verdictOf(record, context);
  return verdict.valid === null ? record.object : verdict.stored;
}

function bucketsOf(
  design: Design,
  context: JudgeContext,
  before: ReadonlyMap<string, Bucket> | undefined,
): ReadonlyMap<string, Bucket> {
  const lists = new Map<string, KubernetesObject[]>();
  for (const record of design.records.values()) {
    const object = storedObject(record, context);
    if (object === undefined) continue;
    const key = bucketKey(groupVersionKindOf(object), record.namespace);
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [object]);
    else list.push(object);
  }
  const buckets = new Map<string, Bucket>();
  for (const [key, applied] of lists) {
    const old = before?.get(key);
    buckets.set(key, old !== undefined && isSame(old, applied) ? old : bucketOf(applied));
  }
  return buckets;
}

function isSame(bucket: Bucket, applied: readonly KubernetesObject[]): boolean {
  return bucket.places.size === applied.length && applied.every((object, place) => bucket.places.get(object) === place);
}

function bucketOf(applied: readonly KubernetesObject[]): Bucket {
  const byName = new Map<string, KubernetesObject>();
  for (const object of applied) if (!byName.has(nameOf(object))) byName.set(nameOf(object), object);
  return {
    objects: [...byName.values()].sort((a, b) => compareStrings(nameOf(a), nameOf(b))),
    byName,
    places: new Map(applied.map((object, place) => [object, place])),
  };
}
