import type BTreeClass from 'sorted-btree';
import imported from 'sorted-btree';
import { compareStrings } from '../../base/compare.ts';

/** The package is CommonJS: some loaders hand over the module where its default export is meant. */
const BTree = 'default' in imported ? (imported.default as typeof imported) : imported;

/**
 * A map in the order of its keys (by code unit) of which a copy costs nothing: the two share their nodes until one is
 * changed. A B+ tree, as etcd's index is.
 */
export class SortedMap<Value> {
  private readonly tree: BTreeClass<string, Value>;

  constructor(tree: BTreeClass<string, Value> = new BTree<string, Value>(undefined, compareStrings)) {
    this.tree = tree;
  }

  get size(): number {
    return this.tree.size;
  }

  copy(): SortedMap<Value> {
    return new SortedMap(this.tree.clone());
  }

  get(key: string): Value | undefined {
    return this.tree.get(key);
  }

  has(key: string): boolean {
    return this.tree.has(key);
  }

  set(key: string, value: Value): void {
    this.tree.set(key, value);
  }

  delete(key: string): boolean {
    return this.tree.delete(key);
  }

  values(): IterableIterator<Value> {
    return this.tree.values();
  }

  entries(): IterableIterator<[string, Value]> {
    return this.tree.entries();
  }

  /** The values whose keys start with a prefix, in order. */
  withPrefix(prefix: string): Value[] {
    const found: Value[] = [];
    for (const [key, value] of this.tree.entries(prefix)) {
      if (!key.startsWith(prefix)) break;
      found.push(value);
    }
    return found;
  }

  /** Entries with keys of at least `from` and below `to` (no end where left out), `limit` of them at most. */
  range(from: string, to?: string, limit = Infinity): [string, Value][] {
    const found: [string, Value][] = [];
    if (limit <= 0) return found;
    for (const [key, value] of this.tree.entries(from)) {
      if (to !== undefined && key >= to) break;
      found.push([key, value]);
      if (found.length >= limit) break;
    }
    return found;
  }
}
