import { EMPTY_HASH, formatHash, hashOf } from '../../base/hash.ts';
import type { Hash64 } from '../../base/hash.ts';
import type { ComponentId } from '../component.ts';

/** What kind of thing an entry tells; each has a shape of its own on the canvas. */
export type TraceClass =
  'request' | 'response' | 'watch' | 'raft' | 'cri' | 'cni' | 'csi' | 'probe' | 'packet' | 'internal' | 'fault';

/** What a component says of a message or of something inside it. */
export interface TraceDetail {
  readonly class: TraceClass;
  /** `POST`, `Filter`, `RunPodSandbox`, `AppendEntries`. */
  readonly verb: string;
  /** Identity of the object in question: `Pod/shop/web-0`. */
  readonly object?: string;
  readonly resourceVersion?: string;
  /** Who opened the connection, where it was not the sender. */
  readonly opener?: ComponentId;
  /** What is carried: an immutable value. */
  readonly body?: unknown;
  /** Everything else worth showing: path, status, gates passed, plugins' verdicts. JSON. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** One step of a run. */
export interface TraceEntry extends TraceDetail {
  /** 1, 2, 3… */
  readonly seq: number;
  readonly timeMs: number;
  /** When the message arrives; undefined for what happens inside a component, and for what is lost. */
  readonly arrivesAtMs?: number;
  /** `partition`, `down`. */
  readonly lostBecause?: string;
  readonly from: ComponentId;
  readonly to: ComponentId;
  /** Seq of the entry that led to this one; 0 for what nothing led to. */
  readonly cause: number;
}

/** All entries of a run in order, as far as memory is given to them, and a hash of every one. */
export class Trace {
  private entries: TraceEntry[];
  private hash: Hash64;
  private dropped: number;
  private readonly budget: number;

  /** `budget`: how many entries are kept; the oldest go first. */
  constructor(budget: number, entries: readonly TraceEntry[] = [], hash: Hash64 = EMPTY_HASH, dropped = 0) {
    this.budget = budget;
    this.entries = [...entries];
    this.hash = hash;
    this.dropped = dropped;
  }

  copy(): Trace {
    return new Trace(this.budget, this.entries, this.hash, this.dropped);
  }

  /** Seq of the newest entry. */
  get length(): number {
    return this.dropped + this.entries.length;
  }

  /** Sixteen hexadecimal digits: equal for runs with the same entries. */
  get digest(): string {
    return formatHash(this.hash);
  }

  push(entry: TraceEntry): void {
    this.hash = hashOf(summaryOf(entry), this.hash);
    this.entries.push(entry);
    // A quarter more than the budget is let stand, so that dropping is rare.
    if (this.entries.length <= this.budget * 1.25) return;
    const gone = this.entries.length - this.budget;
    this.entries = this.entries.slice(gone);
    this.dropped += gone;
  }

  at(seq: number): TraceEntry | undefined {
    return this.entries[seq - this.dropped - 1];
  }

  /** Entries after `seq`, oldest first. */
  after(seq: number): readonly TraceEntry[] {
    return this.entries.slice(Math.max(0, seq - this.dropped));
  }
}

function summaryOf(entry: TraceEntry): string {
  const { timeMs, arrivesAtMs, lostBecause, from, to, verb, object, resourceVersion, cause } = entry;
  return `${timeMs} ${arrivesAtMs ?? lostBecause ?? ''} ${from} ${to} ${entry.class} ${verb} ${object ?? ''} ${resourceVersion ?? ''} ${cause}\n`;
}
