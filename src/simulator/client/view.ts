import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { EntryChange } from '../kernel/sorted-map.ts';
import { SortedMap } from '../kernel/sorted-map.ts';

/** A second way to find the objects of a resource: the values under which an object is filed. */
export interface ViewIndex {
  readonly name: string;
  valuesOf(object: KubernetesObject): readonly string[];
}

const NONE: readonly KubernetesObject[] = Object.freeze([]);

/** Ends a key; smaller than anything that a name holds. */
const END = '\0';

/**
 * The objects of one resource at one revision: an immutable value. An informer's cache is such a view, and all caches at
 * the same revision are the same one, however many components hold it.
 */
export class View {
  /** The revision of the last change that the view holds. */
  readonly revision: number;
  private readonly objects: SortedMap<KubernetesObject>;
  private readonly definitions: readonly ViewIndex[];
  private readonly indexes: readonly SortedMap<KubernetesObject>[];

  private constructor(
    revision: number,
    objects: SortedMap<KubernetesObject>,
    definitions: readonly ViewIndex[],
    indexes: readonly SortedMap<KubernetesObject>[],
  ) {
    this.revision = revision;
    this.objects = objects;
    this.definitions = definitions;
    this.indexes = indexes;
  }

  static empty(definitions: readonly ViewIndex[] = [], revision = 0): View {
    return new View(
      revision,
      new SortedMap(),
      definitions,
      definitions.map(() => new SortedMap<KubernetesObject>()),
    );
  }

  get size(): number {
    return this.objects.size;
  }

  /** The object of a namespace (undefined for a cluster-scoped kind) and name. */
  get(namespace: string | undefined, name: string): KubernetesObject | undefined {
    return this.objects.get(keyOf(namespace, name));
  }

  /** By key, `namespace/name` or `name`. */
  getKey(key: string): KubernetesObject | undefined {
    return this.objects.get(key);
  }

  /** All objects, or those of one namespace, by namespace and name. */
  list(namespace?: string): readonly KubernetesObject[] {
    if (this.size === 0) return NONE;
    return namespace === undefined ? [...this.objects.values()] : this.objects.withPrefix(`${namespace}/`);
  }

  /** Keys and objects, in order. */
  entries(): IterableIterator<[string, KubernetesObject]> {
    return this.objects.entries();
  }

  /** What has changed since another view of the same objects, or is otherwise in it, by key. */
  changesSince(before: View): readonly EntryChange<KubernetesObject>[] {
    return this.objects.changesSince(before.objects);
  }

  /** The objects that an index files under a value, by namespace and name. */
  indexed(index: string, value: string): readonly KubernetesObject[] {
    const at = this.definitions.findIndex(({ name }) => name === index);
    const found = this.indexes[at];
    // A cache that has not been filled yet does not know its indexes.
    if (found === undefined && this.size === 0) return [];
    if (found === undefined) throw new Error(`no index ${index}`);
    return found.withPrefix(value + END);
  }

  /** The view after a change; `object` undefined where the object is gone. */
  with(revision: number, key: string, object: KubernetesObject | undefined): View {
    const objects = this.objects.copy();
    const old = objects.get(key);
    if (object === undefined) objects.delete(key);
    else objects.set(key, object);
    const indexes = this.definitions.map(({ valuesOf }, at) =>
      withIndexed(this.indexes[at]!, key, old && valuesOf(old), object && valuesOf(object), object),
    );
    return new View(revision, objects, this.definitions, indexes);
  }

  /** The same objects, known to be those of a later revision. */
  at(revision: number): View {
    return revision === this.revision ? this : new View(revision, this.objects, this.definitions, this.indexes);
  }
}

function withIndexed(
  index: SortedMap<KubernetesObject>,
  key: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
  object: KubernetesObject | undefined,
): SortedMap<KubernetesObject> {
  if ((before === undefined || before.length === 0) && (after === undefined || after.length === 0)) return index;
  const next = index.copy();
  for (const value of before ?? []) if (after?.includes(value) !== true) next.delete(value + END + key);
  if (object !== undefined) for (const value of after ?? []) next.set(value + END + key, object);
  return next;
}

export function keyOf(namespace: string | undefined, name: string): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
