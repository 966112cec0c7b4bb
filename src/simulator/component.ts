import type { Message } from './messages.ts';
import type { RandomSource } from './kernel/random.ts';
import type { TraceDetail } from './kernel/trace.ts';
import type { ReleaseNumbers } from './release/numbers.ts';

/** `etcd-0`, `kube-apiserver-0`, `deployment-controller`, `kubelet/w1`: unique in a cluster. */
export type ComponentId = string;

/**
 * One part of the simulated cluster that acts by itself: an API server, an etcd member, the scheduler, one controller, one
 * node's kubelet. One file gives its definition; `components.ts` lists them.
 *
 * State is plain data (see `copyState`): records, lists, maps and sets of strings, numbers and immutable API objects. The
 * component changes its own state in place and nobody else's; everything that passes between components is a message.
 * Nothing looks at the clock of the machine, at chance other than `context.random`, or waits: whatever takes time is a
 * message or a timer, which are data. So a cluster can be saved at any moment, run on twice, and give the same trace.
 *
 * @example
 * const echo: ComponentDefinition<{ heard: number }> = {
 *   kind: 'echo',
 *   start: () => ({ heard: 0 }),
 *   handle(state, event, context) {
 *     if (event.type !== 'message') return;
 *     state.heard++;
 *     context.send(event.from, event.message, { class: 'packet', verb: 'echo' });
 *   },
 * };
 */
export interface ComponentDefinition<State = unknown> {
  /** Name of the definition: `kubelet`, `deployment-controller`. Several components of a cluster may share one. */
  readonly kind: string;
  /**
   * The state with which a life begins, at the start of the cluster and after every restart; may send and set timers.
   * `kept` is what the life before left on its disk.
   */
  start(context: Context, settings: unknown, kept?: unknown): State;
  handle(state: State, event: ComponentEvent, context: Context): void;
  /** The process ends: connections break (`crash`), or nobody hears of it (`power`: the machine is off). */
  stop?(state: State, context: Context, how: 'crash' | 'power'): void;
  /** What lies on a disk when the process ends: the next life is given it. */
  keeps?(state: State, how: 'crash' | 'power'): unknown;
}

/** What happens to a component. */
export type ComponentEvent =
  | { readonly type: 'message'; readonly from: ComponentId; readonly message: Message }
  | { readonly type: 'timer'; readonly name: string; readonly data: TimerData };

/** Data of a timer: JSON, or API objects that never change. */
export type TimerData = unknown;

/** What a component can do and know while it handles one event. */
export interface Context {
  readonly self: ComponentId;
  /** Milliseconds since the cluster began. */
  readonly nowMs: number;
  readonly numbers: ReleaseNumbers;
  readonly random: RandomSource;
  /** Seq of the trace entry that led here; what is sent or set now has it as its cause. */
  cause: number;
  /**
   * Sends a message; it arrives after the latency of the way, in the order of sending, or never where the way is cut.
   * Returns the seq of its trace entry.
   */
  send(to: ComponentId, message: Message, detail: TraceDetail): number;
  /**
   * What somebody else finds out after a while without being told: that a connection is dead. It is no message, and comes
   * whether or not the way is cut.
   */
  notice(to: ComponentId, delayMs: number, message: Message): void;
  /**
   * Lets another component take in a message at once, within this event: no time passes and no trace entry is made; what it
   * does has the same cause. Nothing where it does not run. For components of the same process, and for what is
   * told to many together: heartbeats, bookmarks.
   */
  handOver(to: ComponentId, message: Message): void;
  /** Whether a message that is sent now would arrive, and find the other running. */
  reaches(to: ComponentId): boolean;
  /** An event for the component itself; `periodic` where it will be set again for ever. */
  timer(delayMs: number, name: string, data?: TimerData, options?: { readonly periodic?: boolean }): void;
  /**
   * The timers of that name and data will change nothing any more: they happen, but a cluster in which only such remain
   * has settled.
   */
  relax(name: string, data: TimerData): void;
  /** Something worth telling that happens inside the component. Returns the seq of its trace entry. */
  note(detail: TraceDetail): number;
  /** The next number of a counter of this component: ids of requests, suffixes. */
  next(counter: string): number;
  /** Tells the run that something was written that is no heartbeat: the cluster has not settled. */
  wrote(): void;
  /** Components of the cluster whose id starts with a prefix and that run, in order of id. */
  running(prefix: string): readonly ComponentId[];
  /** Starts or ends another component (a kubelet that joins, a process that a fault kills). */
  readonly machinery: Machinery;
}

/** What faults and the making of nodes need beyond what components may do. */
export interface Machinery {
  add(component: ComponentPlace, settings?: unknown): void;
  remove(id: ComponentId): void;
  /** The process of a component; undefined where there is none of that id. */
  processOf(id: ComponentId): string | undefined;
  stopProcess(process: string, how: 'crash' | 'power'): void;
  startProcess(process: string): void;
  /** Cuts the way between two machines or processes, in both directions, or joins it again. */
  cut(a: string, b: string, isCut: boolean): void;
}

/** Where a component runs. */
export interface ComponentPlace {
  readonly id: ComponentId;
  /** Name of its definition. */
  readonly kind: string;
  /** The operating system process: `kube-controller-manager` holds all controllers. */
  readonly process: string;
  /** The machine, a Node's name or `laptop`. */
  readonly machine: string;
}
