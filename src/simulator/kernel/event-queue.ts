import type { ComponentEvent, ComponentId } from '../component.ts';

/** What will happen: data, never a closure, so that a cluster can be saved, forked and shipped to another thread. */
export interface QueueEntry {
  readonly timeMs: number;
  /** Entries of one moment happen in the order in which they were made. */
  readonly seq: number;
  readonly to: ComponentId;
  /** Life of the component for which it was made; an entry for an earlier life is dropped. */
  readonly life: number;
  readonly event: ComponentEvent;
  /** Seq of the trace entry that led to it; 0 for none. */
  readonly cause: number;
  /** A timer that comes again for ever: a cluster in which only such remain has settled. */
  readonly periodic: boolean;
}

/** A binary heap by (time, seq). */
export class EventQueue {
  private readonly heap: QueueEntry[];
  private lasting: number;

  constructor(heap: readonly QueueEntry[] = []) {
    this.heap = [...heap];
    this.lasting = heap.reduce((count, { periodic }) => count + (periodic ? 0 : 1), 0);
  }

  get size(): number {
    return this.heap.length;
  }

  /** Entries that are no periodic timers. */
  get pending(): number {
    return this.lasting;
  }

  /** In no order. */
  entries(): readonly QueueEntry[] {
    return this.heap;
  }

  copy(): EventQueue {
    return new EventQueue(this.heap);
  }

  peek(): QueueEntry | undefined {
    return this.heap[0];
  }

  push(entry: QueueEntry): void {
    const { heap } = this;
    if (!entry.periodic) this.lasting++;
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = entry;
  }

  /** Timers of that name and data count as periodic from now on. */
  relax(to: ComponentId, name: string, data: unknown): void {
    for (const [at, entry] of this.heap.entries()) {
      const { event } = entry;
      if (entry.periodic || entry.to !== to || event.type !== 'timer') continue;
      if (event.name !== name || event.data !== data) continue;
      this.heap[at] = { ...entry, periodic: true };
      this.lasting--;
    }
  }

  pop(): QueueEntry | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined) return undefined;
    if (!top.periodic) this.lasting--;
    if (heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

function isBefore(a: QueueEntry, b: QueueEntry): boolean {
  return a.timeMs < b.timeMs || (a.timeMs === b.timeMs && a.seq < b.seq);
}
