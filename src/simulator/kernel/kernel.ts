import { assert } from '../../base/assert.ts';
import type { ComponentDefinition, ComponentEvent, ComponentId, ComponentPlace } from '../component.ts';
import type { Message } from '../messages.ts';
import type { ReleaseNumbers } from '../release/numbers.ts';
import { EventQueue } from './event-queue.ts';
import type { RandomSource } from './random.ts';
import { randomSource } from './random.ts';
import type { LiveSlot, Slot } from './slot.ts';
import { copyOf, own } from './slot.ts';
import { SlotContext } from './slot-context.ts';
import { Trace } from './trace.ts';
import { traceEntry } from './trace-entry.ts';
import type { TraceDetail } from './trace.ts';
import { Ways } from './ways.ts';

/** What a run is made of that no event changes. */
export interface KernelOptions {
  readonly seed: number;
  readonly numbers: ReleaseNumbers;
  readonly definitions: ReadonlyMap<string, ComponentDefinition>;
  /** How many trace entries are kept. */
  readonly traceBudget: number;
}

/** A moment of a run: everything that the rest of the run depends on. Immutable; a run can be continued from it twice. */
export interface Checkpoint {
  readonly timeMs: number;
  readonly steps: number;
  readonly seq: number;
  readonly lastWriteMs: number;
  readonly inputs: number;
  readonly queue: EventQueue;
  readonly slots: readonly Slot[];
  readonly ways: Ways;
  readonly trace: Trace;
}

/** The loop of the simulation: takes the earliest entry and hands it to its component, until told to stop. */
export class Kernel {
  readonly options: KernelOptions;
  private readonly slots = new Map<ComponentId, LiveSlot>();
  private queue = new EventQueue();
  private ways = new Ways();
  private history: Trace;
  private timeMs = 0;
  private seq = 0;
  private stepCount = 0;
  private lastWriteMs = 0;
  private inputCount = 0;
  /** Whoever acts now: what begins or ends because of it has its cause. */
  private acting: SlotContext | undefined;
  /** Ids of running components in order, made when asked for. */
  private order: readonly ComponentId[] | undefined;

  constructor(options: KernelOptions) {
    this.options = options;
    this.history = new Trace(options.traceBudget);
  }

  get nowMs(): number {
    return this.timeMs;
  }

  get steps(): number {
    return this.stepCount;
  }

  /** How many things were done from outside. */
  get inputs(): number {
    return this.inputCount;
  }

  get trace(): Trace {
    return this.history;
  }

  /** When something was last written that is no heartbeat. */
  get quietSinceMs(): number {
    return this.lastWriteMs;
  }

  get pending(): EventQueue {
    return this.queue;
  }

  /** The state of a component, to look at. */
  stateOf(id: ComponentId): unknown {
    return this.slots.get(id)?.state;
  }

  isRunning(id: ComponentId): boolean {
    return this.slots.get(id)?.isRunning === true;
  }

  places(): readonly (ComponentPlace & { readonly isRunning: boolean })[] {
    return [...this.slots.values()].map(({ place, isRunning }) => ({ ...place, isRunning }));
  }

  add(place: ComponentPlace, settings: unknown = undefined): void {
    assert(!this.slots.has(place.id), `component given twice: ${place.id}`);
    const definition = this.options.definitions.get(place.kind);
    assert(definition !== undefined, `no definition of ${place.kind}`);
    const slot: LiveSlot = {
      place,
      definition,
      settings,
      context: new SlotContext(this, place),
      state: undefined,
      // What is still on its way to one of the same name that was removed is not for this one.
      life: this.stepCount === 0 ? 0 : this.stepCount + 1,
      isRunning: false,
      counters: new Map(),
      copied: undefined,
      kept: undefined,
    };
    this.slots.set(place.id, slot);
    this.begin(slot);
  }

  remove(id: ComponentId): void {
    const slot = this.slots.get(id);
    if (slot === undefined) return;
    this.end(slot, 'crash');
    this.slots.delete(id);
  }

  processOf(id: ComponentId): string | undefined {
    return this.slots.get(id)?.place.process;
  }

  stopProcess(process: string, how: 'crash' | 'power'): void {
    for (const slot of this.slots.values()) if (slot.place.process === process) this.end(slot, how);
  }

  startProcess(process: string): void {
    for (const slot of this.slots.values()) if (slot.place.process === process && !slot.isRunning) this.begin(slot);
  }

  cut(a: string, b: string, isCut: boolean): void {
    this.ways.cut(a, b, isCut);
  }

  /** Time of the next entry, or undefined where nothing will ever happen. */
  get nextMs(): number | undefined {
    return this.queue.peek()?.timeMs;
  }

  /** Lets time pass without anything happening, up to the next entry at most. */
  advanceTo(timeMs: number): void {
    assert(timeMs >= this.timeMs && timeMs <= (this.nextMs ?? Infinity), `cannot go to ${timeMs}`);
    this.timeMs = timeMs;
  }

  /** One entry; false where none is left. */
  step(): boolean {
    const entry = this.queue.pop();
    if (entry === undefined) return false;
    this.timeMs = entry.timeMs;
    this.stepCount++;
    const slot = this.slots.get(entry.to);
    if (slot === undefined || !slot.isRunning || slot.life !== entry.life) {
      this.undelivered(entry.event, entry.to, slot);
      return true;
    }
    const { context } = slot;
    context.cause = entry.cause;
    own(slot);
    this.acting = context;
    slot.definition.handle(slot.state, entry.event, context);
    this.acting = undefined;
    return true;
  }

  /** How many components there are, those that do not run among them. */
  get components(): number {
    return this.slots.size;
  }

  checkpoint(): Checkpoint {
    return {
      timeMs: this.timeMs,
      steps: this.stepCount,
      seq: this.seq,
      lastWriteMs: this.lastWriteMs,
      inputs: this.inputCount,
      queue: this.queue.copy(),
      slots: [...this.slots.values()].map((slot) => (slot.copied ??= copyOf(slot))),
      ways: this.ways.copy(),
      trace: this.history.copy(),
    };
  }

  /** A run that goes on from a moment of another. */
  static from(options: KernelOptions, moment: Checkpoint): Kernel {
    const kernel = new Kernel(options);
    kernel.timeMs = moment.timeMs;
    kernel.stepCount = moment.steps;
    kernel.seq = moment.seq;
    kernel.lastWriteMs = moment.lastWriteMs;
    kernel.inputCount = moment.inputs;
    kernel.queue = moment.queue.copy();
    kernel.ways = moment.ways.copy();
    kernel.history = moment.trace.copy();
    for (const copied of moment.slots) {
      const { place, settings, state, life, isRunning, counters, kept } = copied;
      const definition = options.definitions.get(place.kind);
      assert(definition !== undefined, `no definition of ${place.kind}`);
      kernel.slots.set(place.id, {
        place,
        definition,
        settings,
        context: new SlotContext(kernel, place),
        // Shared with the moment until something happens to the component.
        state,
        life,
        isRunning,
        counters,
        copied,
        kept,
      });
    }
    return kernel;
  }

  private begin(slot: LiveSlot): void {
    own(slot);
    slot.life++;
    slot.isRunning = true;
    this.order = undefined;
    slot.context.cause = this.acting?.cause ?? 0;
    slot.state = slot.definition.start(slot.context, slot.settings, slot.kept);
    slot.kept = undefined;
  }

  private end(slot: LiveSlot, how: 'crash' | 'power'): void {
    if (!slot.isRunning) return;
    slot.context.cause = this.acting?.cause ?? 0;
    own(slot);
    slot.definition.stop?.(slot.state, slot.context, how);
    slot.kept = slot.definition.keeps?.(slot.state, how);
    slot.isRunning = false;
    slot.state = undefined;
    this.order = undefined;
  }

  /** A request that finds nobody is refused at once where the machine answers; everything else is lost. */
  private undelivered(event: ComponentEvent, to: ComponentId, slot: LiveSlot | undefined): void {
    if (event.type !== 'message') return;
    const { type } = event.message;
    if (type !== 'request' && type !== 'watch') return;
    const isMachineUp = [...this.slots.values()].some(
      ({ place, isRunning }) => isRunning && place.machine === slot?.place.machine,
    );
    const { from, message } = event;
    const waitMs = isMachineUp ? this.options.numbers.network.betweenMachinesMs : CONNECT_TIMEOUT_MS;
    if (message.type === 'watch') {
      const closed: Message = { type: 'watch-closed', id: message.id };
      if (isMachineUp) this.post(from, waitMs, { type: 'message', from: to, message: closed });
      return;
    }
    if (message.type !== 'request') return;
    this.post(from, waitMs, {
      type: 'message',
      from: to,
      message: { type: 'response', id: message.id, code: 0, failure: isMachineUp ? 'refused' : 'timeout' },
    });
  }

  /** Something is done to a component from outside, now. */
  input(to: ComponentId, event: ComponentEvent): void {
    this.inputCount++;
    this.post(to, 0, event);
  }

  /** A process ends or starts, from outside, now. */
  switchProcess(process: string, isRunning: boolean): void {
    this.inputCount++;
    if (isRunning) this.startProcess(process);
    else this.stopProcess(process, 'crash');
  }

  /** For the contexts of components. */
  post(to: ComponentId, delayMs: number, event: ComponentEvent, cause = 0, periodic = false): void {
    const life = this.slots.get(to)?.life ?? 0;
    this.queue.push({ timeMs: this.timeMs + delayMs, seq: ++this.seq, to, life, event, cause, periodic });
  }

  send(from: ComponentPlace, to: ComponentId, message: Message, detail: TraceDetail, cause: number): number {
    const target = this.slots.get(to)?.place;
    const seq = this.history.length + 1;
    if (target === undefined || this.ways.isCut(from, target)) {
      const lostBecause = target === undefined ? 'unknown' : 'partition';
      this.history.push(traceEntry(detail, seq, this.timeMs, from.id, to, cause, undefined, lostBecause));
      this.tellLost(from, to, message, seq);
      return seq;
    }
    const arrivesAtMs = this.ways.arrival(from, target, this.timeMs, this);
    this.history.push(traceEntry(detail, seq, this.timeMs, from.id, to, cause, arrivesAtMs));
    this.post(to, arrivesAtMs - this.timeMs, { type: 'message', from: from.id, message }, seq);
    return seq;
  }

  reaches(from: ComponentPlace, to: ComponentId): boolean {
    const target = this.slots.get(to);
    return target?.isRunning === true && !this.ways.isCut(from, target.place);
  }

  handOver(from: ComponentId, to: ComponentId, message: Message, cause: number): void {
    const slot = this.slots.get(to);
    if (slot === undefined || !slot.isRunning) return;
    const { acting } = this;
    slot.context.cause = cause;
    own(slot);
    this.acting = slot.context;
    slot.definition.handle(slot.state, { type: 'message', from, message }, slot.context);
    this.acting = acting;
  }

  note(from: ComponentPlace, detail: TraceDetail, cause: number): number {
    const seq = this.history.length + 1;
    this.history.push(traceEntry(detail, seq, this.timeMs, from.id, from.id, cause));
    return seq;
  }

  count(id: ComponentId, counter: string): number {
    const slot = this.slots.get(id)!;
    own(slot);
    const { counters } = slot;
    const value = (counters.get(counter) ?? 0) + 1;
    counters.set(counter, value);
    return value;
  }

  wrote(): void {
    this.lastWriteMs = this.timeMs;
  }

  running(prefix: string): readonly ComponentId[] {
    this.order ??= [...this.slots.values()]
      .filter(({ isRunning }) => isRunning)
      .map(({ place }) => place.id)
      .sort();
    const { order } = this;
    let first = 0;
    for (let end = order.length; first < end;) {
      const middle = (first + end) >> 1;
      if (order[middle]! < prefix) first = middle + 1;
      else end = middle;
    }
    let after = first;
    while (after < order.length && order[after]!.startsWith(prefix)) after++;
    return order.slice(first, after);
  }

  /** Whoever waits for an answer learns after a while that none will come. */
  private tellLost(from: ComponentPlace, to: ComponentId, message: Message, cause: number): void {
    const { apiServer, reflector, etcd } = this.options.numbers;
    const { clientTimeoutMs } = apiServer;
    const response = { type: 'response', code: 0, failure: 'timeout' } as const;
    if (message.type === 'request') {
      const event = { type: 'message', from: to, message: { ...response, id: message.id } } as const;
      this.post(from.id, CONNECT_TIMEOUT_MS, event, cause);
    } else if (message.type === 'response') {
      const event = { type: 'message', from: from.id, message: { ...response, id: message.id } } as const;
      if (this.slots.has(to)) this.post(to, clientTimeoutMs, event, cause);
    } else if (message.type === 'watch') {
      const dead: Message = { ...message, events: [], ended: 0 };
      if (this.slots.has(to))
        this.post(to, reflector.deadConnectionMs, { type: 'message', from: from.id, message: dead }, cause);
    } else if (message.type === 'etcd-events') {
      const dead: Message = { ...message, events: [], error: 'closed' };
      this.post(to, etcd.deadConnectionMs, { type: 'message', from: from.id, message: dead }, cause);
    }
  }

  private readonly sources = new Map<string, RandomSource>();

  random(name: string): RandomSource {
    let source = this.sources.get(name);
    if (source === undefined) this.sources.set(name, (source = randomSource(this.options.seed, name)));
    return source;
  }
}

/** A TCP connection that nobody answers. Source: staging/src/k8s.io/client-go/transport, dialer of 30 s, 1.36. */
const CONNECT_TIMEOUT_MS = 30_000;
