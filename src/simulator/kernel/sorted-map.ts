import type BTreeClass from 'sorted-btree';
import imported from 'sorted-btree';
import importedDiff from 'sorted-btree/extended/diffAgainst.js';
import { compareStrings } from '../../base/compare.ts';

/** An entry of a map that is not what it was. */
export interface EntryChange<Value> {
  readonly key: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** The package is CommonJS: some loaders hand over the module where its default export is meant. */
const BTree = 'default' in imported ? (imported.default as typeof imported) : imported;
const diffAgainst = 'default' in importedDiff ? (importedDiff.default as typeof importedDiff) : importedDiff;

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

  /**
   * How this map came to differ from another: what two that were copied from each other still share is not looked at. In the
   * order of the keys.
   */
  changesSince(before: SortedMap<Value>): readonly EntryChange<Value>[] {
    const changes: EntryChange<Value>[] = [];
    diffAgainst(
      before.tree,
      this.tree,
      (key, old) => void changes.push({ key, before: old, after: undefined }),
      (key, now) => void changes.push({ key, before: undefined, after: now }),
      (key, old, now) => void changes.push({ key, before: old, after: now }),
    );
    return changes;
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
