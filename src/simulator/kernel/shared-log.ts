/** Entries stand in blocks, so that a copy shares all but the last. */
const BLOCK = 512;

/** A list of values that never change, which grows at its end and is cut at its start; a copy costs next to nothing. */
export class SharedLog<Value> {
  private readonly full: Value[][];
  private open: Value[];
  /** Values at the start of the first block that are gone. */
  private gone: number;

  constructor(from?: SharedLog<Value>) {
    this.full = from === undefined ? [] : [...from.full];
    this.open = from === undefined ? [] : [...from.open];
    this.gone = from?.gone ?? 0;
  }

  copy(): SharedLog<Value> {
    return new SharedLog(this);
  }

  get length(): number {
    return this.full.length * BLOCK + this.open.length - this.gone;
  }

  push(value: Value): void {
    this.open.push(value);
    if (this.open.length < BLOCK) return;
    this.full.push(this.open);
    this.open = [];
  }

  at(index: number): Value | undefined {
    const place = index + this.gone;
    if (index < 0) return undefined;
    return (this.full[Math.floor(place / BLOCK)] ?? this.open)[place % BLOCK];
  }

  /** The values from an index on. */
  from(index: number): Value[] {
    const place = Math.max(0, index) + this.gone;
    const block = Math.floor(place / BLOCK);
    return [...this.full.slice(block), this.open].flat().slice(place - block * BLOCK);
  }

  /** The first index of a value for which a question is answered yes, where it is so for all after it; the length where for none. */
  firstWhere(isAfter: (value: Value) => boolean): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const value = this.at(middle);
      if (value !== undefined && isAfter(value)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Forgets so many values at the start. */
  drop(count: number): void {
    const place = Math.min(count, this.length) + this.gone;
    const blocks = Math.min(Math.floor(place / BLOCK), this.full.length);
    this.full.splice(0, blocks);
    this.gone = place - blocks * BLOCK;
  }
}
