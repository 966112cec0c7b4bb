import type { Totals } from '../node-tally.ts';

/** A number for a topology key with the value that a Node has for it. */
export interface PairCount {
  readonly key: string;
  readonly value: string;
  readonly count: number;
}

/** Numbers by topology key and value; pairs that come to nothing are not kept. */
export class PairCounts implements Totals<readonly PairCount[]> {
  readonly byKey = new Map<string, Map<string, number>>();
  /** How many pairs there are. */
  size = 0;

  add(part: readonly PairCount[], sign: 1 | -1): void {
    for (const { key, value, count } of part) {
      let values = this.byKey.get(key);
      if (values === undefined) this.byKey.set(key, (values = new Map()));
      const before = values.get(value);
      const sum = (before ?? 0) + sign * count;
      if (sum === 0) {
        if (before !== undefined) this.size--;
        values.delete(value);
        if (values.size === 0) this.byKey.delete(key);
      } else {
        if (before === undefined) this.size++;
        values.set(value, sum);
      }
    }
  }

  get(key: string, value: string): number {
    return this.byKey.get(key)?.get(value) ?? 0;
  }

  copy(): PairCounts {
    const copy = new PairCounts();
    for (const [key, values] of this.byKey) copy.byKey.set(key, new Map(values));
    copy.size = this.size;
    return copy;
  }
}

/** Pair counts with changes that were made in thought. Immutable. */
export class ChangedPairs {
  private readonly base: PairCounts;
  private readonly changes: PairCounts;
  readonly size: number;

  constructor(base: PairCounts, changes: PairCounts = new PairCounts(), size = base.size) {
    this.base = base;
    this.changes = changes;
    this.size = size;
  }

  get(key: string, value: string): number {
    return this.base.get(key, value) + (this.changes.size === 0 ? 0 : this.changes.get(key, value));
  }

  with(part: readonly PairCount[], sign: 1 | -1): ChangedPairs {
    if (part.length === 0) return this;
    const changes = this.changes.copy();
    let size = this.size;
    for (const pair of part) {
      const current = () => this.base.get(pair.key, pair.value) + changes.get(pair.key, pair.value);
      const before = current();
      changes.add([pair], sign);
      const after = current();
      if (before === 0 && after !== 0) size++;
      if (before !== 0 && after === 0) size--;
    }
    return new ChangedPairs(this.base, changes, size);
  }

  /** Whether a Node with these labels is in a domain that has any. */
  hasAnyAt(labels: ReadonlyMap<string, string>): boolean {
    if (this.size === 0) return false;
    for (const key of this.base.byKey.keys()) if (this.hasAny(key, labels)) return true;
    for (const key of this.changes.byKey.keys()) if (this.hasAny(key, labels)) return true;
    return false;
  }

  private hasAny(key: string, labels: ReadonlyMap<string, string>): boolean {
    const value = labels.get(key);
    return value !== undefined && this.get(key, value) > 0;
  }
}
