/**
 * A binary heap. Items of equal rank leave in the order they came in, so that a result never depends on how the heap
 * happens to be shaped.
 */
export class PriorityQueue<Item> {
  private readonly heap: { readonly rank: number; readonly seq: number; readonly item: Item }[] = [];
  private seq = 0;

  get size(): number {
    return this.heap.length;
  }

  push(rank: number, item: Item): void {
    const { heap } = this;
    const entry = { rank, seq: this.seq++, item };
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  /** The item of least rank, or undefined when there is none. */
  pop(): Item | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top?.item;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top.item;
  }
}

function before(
  a: { readonly rank: number; readonly seq: number },
  b: { readonly rank: number; readonly seq: number },
): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.seq < b.seq);
}
