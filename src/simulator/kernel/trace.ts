import { EMPTY_HASH, formatHash, hashOf } from '../../base/hash.ts';
import type { ComponentId } from '../component.ts';

/** What kind of thing an entry tells; each has a shape of its own on the canvas. */
export type TraceClass =
  | 'request'
  | 'response'
  | 'watch'
  | 'raft'
  | 'cri'
  | 'cni'
  | 'csi'
  | 'probe'
  | 'packet'
  | 'internal'
  | 'fault';

/** What a component says of a message or of something inside it. */
export interface TraceDetail {
  readonly class: TraceClass;
  /** `POST`, `Filter`, `RunPodSandbox`, `AppendEntries`. */
  readonly verb: string;
  /** Identity of the object in question: `Pod/shop/web-0`. */
  readonly object?: string | undefined;
  readonly resourceVersion?: string | undefined;
  /** Who opened the connection, where it was not the sender. */
  readonly opener?: ComponentId | undefined;
  /** What is carried: an immutable value. */
  readonly body?: unknown | undefined;
  /** Everything else worth showing: path, status, gates passed, plugins' verdicts. JSON. */
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

/** One step of a run. */
export interface TraceEntry extends TraceDetail {
  /** 1, 2, 3… */
  readonly seq: number;
  readonly timeMs: number;
  /** When the message arrives; undefined for what happens inside a component, and for what is lost. */
  readonly arrivesAtMs?: number | undefined;
  /** `partition`, `down`. */
  readonly lostBecause?: string | undefined;
  readonly from: ComponentId;
  readonly to: ComponentId;
  /** Seq of the entry that led to this one; 0 for what nothing led to. */
  readonly cause: number;
}

/** Entries are kept in blocks, so that a copy shares all but the last. */
const BLOCK = 1024;

/** All entries of a run in order, as far as memory is given to them, and a hash of every one. */
export class Trace {
  private readonly full: TraceEntry[][];
  private open: TraceEntry[];
  private high: number;
  private low: number;
  private dropped: number;
  private readonly budget: number;

  /** `budget`: how many entries are kept at least; the oldest go first. */
  constructor(budget: number, from?: Trace) {
    this.budget = budget;
    this.full = from === undefined ? [] : [...from.full];
    this.open = from === undefined ? [] : [...from.open];
    this.high = from?.high ?? EMPTY_HASH.high;
    this.low = from?.low ?? EMPTY_HASH.low;
    this.dropped = from?.dropped ?? 0;
  }

  copy(): Trace {
    return new Trace(this.budget, this);
  }

  /** Seq of the newest entry. */
  get length(): number {
    return this.dropped + this.full.length * BLOCK + this.open.length;
  }

  /** Sixteen hexadecimal digits: equal for runs with the same entries. */
  get digest(): string {
    return formatHash({ high: this.high, low: this.low });
  }

  push(entry: TraceEntry): void {
    this.hash(entry);
    this.open.push(entry);
    if (this.open.length < BLOCK) return;
    this.full.push(this.open);
    this.open = [];
    if (this.full.length * BLOCK <= this.budget + BLOCK) return;
    this.full.shift();
    this.dropped += BLOCK;
  }

  at(seq: number): TraceEntry | undefined {
    const index = seq - this.dropped - 1;
    return (this.full[Math.floor(index / BLOCK)] ?? this.open)[index % BLOCK];
  }

  /** Entries after `seq`, oldest first. */
  after(seq: number): readonly TraceEntry[] {
    const index = Math.max(0, seq - this.dropped);
    const block = Math.floor(index / BLOCK);
    const rest = [...this.full.slice(block), this.open];
    return rest.flat().slice(index - block * BLOCK);
  }

  private hash(entry: TraceEntry): void {
    this.mix(entry.timeMs);
    this.mix(entry.arrivesAtMs ?? -1);
    this.mix(entry.cause);
    this.mix(wordHash(entry.from));
    this.mix(wordHash(entry.to));
    this.mix(wordHash(entry.class));
    this.mix(wordHash(entry.verb));
    if (entry.lostBecause !== undefined) this.mix(wordHash(entry.lostBecause));
    const { high, low } = hashOf(
      entry.resourceVersion ?? '',
      hashOf(entry.object ?? '', { high: this.high, low: this.low }),
    );
    this.high = high;
    this.low = low;
  }

  private mix(word: number): void {
    this.high = Math.imul(this.high ^ word, 0x85ebca6b);
    this.high ^= this.high >>> 13;
    this.low = Math.imul(this.low + word, 0xc2b2ae35) ^ (this.high >>> 16);
  }
}

/** Hashes of names that come again and again: of components, verbs, classes. */
const words = new Map<string, number>();

function wordHash(word: string): number {
  let hash = words.get(word);
  if (hash === undefined) words.set(word, (hash = hashOf(word).low));
  return hash;
}
