import type { ManifestFiles } from '../../simulator/kubectl/command.ts';
import { Cluster } from '../../simulator/cluster.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import type { TrafficCount } from '../../simulator/network/traffic-tally.ts';
import type { TrafficOrder } from '../../simulator/network/traffic.ts';
import type { ApplyLine } from '../../simulator/script/apply-order.ts';
import { componentsAtWork } from '../../simulator/script/components-at-work.ts';
import type { Deed, DeedAct } from './deed.ts';
import { lastStir } from './last-stir.ts';
import { LineQueue } from './line-queue.ts';
import type { KubectlLine } from './simulation-protocol.ts';

/** The longest that a run goes on by itself, in milliseconds of its own time, and the most steps that it keeps. */
const LONGEST_MS = 3_600_000;
const MOST_ENTRIES = 400_000;
/** Most components that are named as still at work. */
const MOST_TOLD = 8;

/** Requests that somebody sent, and how they fared so far. */
export interface SentRequest {
  readonly order: TrafficOrder;
  readonly count: TrafficCount | undefined;
}

/** What a script does to a run. */
export interface RunPlan {
  readonly deeds: readonly Deed[];
  /** What `-f` can name. */
  readonly files: ManifestFiles;
  /** Whether times count from the beginning of the run, or from when its design was applied. */
  readonly timesFrom: 'start' | 'applied';
  readonly endsAtMs: number | undefined;
}

/** A deed and how many events of the simulation had happened before it. */
type Done = Deed & { readonly steps: number; readonly token?: string };

/**
 * One branch of a run: the cluster, every step that it took, and how many events of the simulation had happened at each,
 * so that any step can be gone back to. What is done to it is done between two milliseconds, never within one: a script
 * with the times of the deeds makes the same run again.
 */
export class Run {
  readonly entries: TraceEntry[];
  private readonly cluster: Cluster;
  /** By seq, less one. */
  private readonly stepsAt: number[];
  /** Events of the simulation up to the newest step; the cluster itself may stand at an earlier one. */
  private endSteps: number;
  private endMs: number;
  private lines = new LineQueue();
  private done: Done[] = [];
  /** What a script has still to do, in order. */
  private planned: readonly Deed[] = [];
  private planFiles: ManifestFiles = {};
  /** Their times count from when the design is applied, and it is not yet. */
  private countsFromApplied = false;
  readonly printed: KubectlLine[] = [];
  /** It goes on at least as long, in milliseconds of the run. */
  private untilMs = 0;
  /** It ends then, whatever is still to happen: as the run of which it is the repetition. */
  private endsAtMs: number | undefined;
  /** Steps after which all was settled, and how many events had happened when that could be said. */
  private readonly rests = new Map<number, number>();
  /** It goes no further by itself. */
  private limitMs = LONGEST_MS;

  private constructor(cluster: Cluster, entries: readonly TraceEntry[], stepsAt: readonly number[]) {
    this.cluster = cluster;
    this.entries = [...entries];
    this.stepsAt = [...stepsAt];
    this.endSteps = cluster.steps;
    this.endMs = cluster.nowMs;
  }

  /** A cluster that has just come up. */
  static begin(options: Parameters<typeof Cluster.create>[0]): Run {
    const run = new Run(Cluster.create(options), [], []);
    run.runTo(BEGINS_MS);
    return run;
  }

  get length(): number {
    return this.entries.length;
  }

  /** What was done to it, in order; what its design was applied with at the beginning is not among it. */
  get deeds(): readonly Deed[] {
    return this.done;
  }

  /** Hash of everything that happened. */
  get hash(): string {
    this.toEnd();
    return this.cluster.trace.digest;
  }

  /** Does something at the end of what has happened. */
  act(act: DeedAct, files: ManifestFiles): void {
    this.goToEnd();
    this.endsAtMs = undefined;
    this.limitMs = this.endMs + LONGEST_MS;
    this.perform(act, files);
  }

  /** Lets time go on by so much at least. */
  wait(forMs: number): void {
    this.goToEnd();
    this.endsAtMs = undefined;
    this.limitMs = this.endMs + Math.max(forMs, LONGEST_MS);
    this.untilMs = Math.max(this.untilMs, this.endMs + forMs);
  }

  /** What will be done to it when its time has come, as a script says, and when it ends. */
  plan({ deeds, files, timesFrom, endsAtMs }: RunPlan): void {
    this.planned = deeds;
    this.planFiles = files;
    this.endsAtMs = endsAtMs;
    this.countsFromApplied = timesFrom === 'applied';
  }

  /** Lets lines of kubectl follow one another. */
  applyInTurn(lines: readonly ApplyLine[]): void {
    this.goToEnd();
    this.lines.add(lines, this.cluster);
  }

  /** Goes on until the wall says stop; true where there is more to do. */
  goOn(isTimeUp: () => boolean): boolean {
    this.toEnd();
    for (let count = 0; ; count++) {
      this.doPlanned();
      if (this.isOver() || !this.step()) {
        this.finishMoment();
        return false;
      }
      if ((count & 63) === 63 && isTimeUp()) return true;
    }
  }

  /** Whether nothing more will happen but what happens for ever. */
  get isSettled(): boolean {
    const { cluster } = this;
    return this.planned.length === 0 && this.lines.isIdle(cluster) && cluster.settlesAtMs !== undefined;
  }

  /** When the run ends, in milliseconds of its own. */
  get timeMs(): number {
    return this.endMs;
  }

  get moving(): readonly string[] {
    return componentsAtWork(this.cluster).slice(0, MOST_TOLD);
  }

  /**
   * The step after which all was settled: what came later are heartbeats. From now on it shows the cluster as it is when
   * everything that no step tells has happened too: rules are in the kernels, answers are with those who asked.
   */
  rest(): TraceEntry {
    const last = lastStir(this.entries);
    if (!this.rests.has(last.seq)) this.rests.set(last.seq, this.endSteps);
    return last;
  }

  /** The cluster as it stood when a step had happened. */
  at(seq: number): Cluster {
    this.cluster.seekSteps(this.rests.get(seq) ?? this.stepsAt[seq - 1] ?? this.endSteps);
    return this.cluster;
  }

  /** Every request that was sent, and the token that finds how it fared. */
  get sent(): readonly { readonly order: TrafficOrder; readonly token: string }[] {
    return this.done.flatMap((deed) =>
      deed.type === 'request' && deed.token !== undefined ? [{ order: deed.order, token: deed.token }] : [],
    );
  }

  /** The requests that were sent up to a step, and how they had fared by then. */
  requestsAt(seq: number): readonly SentRequest[] {
    const cluster = this.at(seq);
    return this.done.flatMap((deed) =>
      deed.type !== 'request' || deed.steps >= cluster.steps
        ? []
        : [{ order: deed.order, count: deed.token === undefined ? undefined : cluster.trafficOf(deed.token) }],
    );
  }

  /** A branch with the same past up to a step, and to the end of its millisecond. */
  fork(seq: number): Run {
    const cluster = this.at(seq).fork();
    const { length } = cluster.trace;
    const branch = new Run(cluster, this.entries.slice(0, length), this.stepsAt.slice(0, length));
    const { steps } = cluster;
    branch.lines = this.lines.asOf(cluster);
    branch.done = this.done.filter((deed) => deed.steps < steps);
    branch.printed.push(...this.printed.filter((line) => line.seq <= length));
    for (const [rested, at] of this.rests) if (at <= steps) branch.rests.set(rested, at);
    branch.finishMoment();
    return branch;
  }

  private perform(act: DeedAct, files: ManifestFiles): void {
    const { cluster } = this;
    const [atMs, steps] = [cluster.nowMs, cluster.steps];
    if (act.type === 'request') this.done.push({ ...act, atMs, steps, token: cluster.send(act.order) });
    else {
      this.done.push({ ...act, atMs, steps });
      if (act.type === 'kubectl') this.lines.give({ ...act, files }, cluster);
      else if (act.type === 'save') this.save(act.text);
      else if (act.type === 'interrupt') this.lines.interrupt(cluster);
      else if (act.type === 'fault') cluster.fault(act.order);
      else if (act.type === 'endRequests') cluster.endRequests(act.name);
      else this.lines.add(act.lines, cluster);
    }
    this.endMs = cluster.nowMs;
  }

  /** Saves the text of an editor; what is under way at this moment goes on until it is closed. */
  private save(text: string): void {
    const { cluster } = this;
    const token = this.lines.editing(cluster);
    if (token === undefined) return;
    const given = cluster.textInEditor(token);
    cluster.saveText(token, text);
    while (cluster.textInEditor(token) === given) if (!this.step()) return;
  }

  /** Does what a script has for now: nothing else happens before it. */
  private doPlanned(): void {
    if (this.countsFromApplied && !this.startsCounting()) return;
    const [next, ...later] = this.planned;
    if (next === undefined || (this.cluster.nextMs ?? Infinity) <= next.atMs) return;
    this.cluster.runUntil(next.atMs);
    this.planned = later;
    this.perform(next, this.planFiles);
  }

  private startsCounting(): boolean {
    if (!this.lines.isEmpty) return false;
    const { nowMs } = this.cluster;
    this.planned = this.planned.map((deed) => ({ ...deed, atMs: nowMs + deed.atMs }));
    this.countsFromApplied = false;
    return true;
  }

  private isOver(): boolean {
    const { cluster, endsAtMs } = this;
    if (this.planned.length > 0) return false;
    if (endsAtMs !== undefined) return (cluster.nextMs ?? Infinity) > endsAtMs;
    if (cluster.nowMs < this.untilMs) return false;
    // Time stands still while somebody edits.
    if (this.lines.editing(cluster) !== undefined) return true;
    // What the same millisecond still brings is played in any case, and may set things in motion again.
    const isMomentOver = (cluster.nextMs ?? Infinity) > cluster.nowMs;
    return (this.isSettled && isMomentOver) || cluster.nowMs >= this.limitMs || this.entries.length >= MOST_ENTRIES;
  }

  private goToEnd(): void {
    this.toEnd();
    this.finishMoment();
  }

  private toEnd(): void {
    if (this.cluster.steps !== this.endSteps) this.cluster.seekSteps(this.endSteps);
  }

  /** Everything that happens in this millisecond has happened. */
  private finishMoment(): void {
    const { nowMs } = this.cluster;
    while ((this.cluster.nextMs ?? Infinity) <= nowMs && this.step());
  }

  private runTo(timeMs: number): void {
    while ((this.cluster.nextMs ?? Infinity) <= timeMs && this.step());
    this.cluster.runUntil(timeMs);
  }

  private step(): boolean {
    const { cluster, entries } = this;
    if (!cluster.step()) return false;
    this.endSteps = cluster.steps;
    this.endMs = cluster.nowMs;
    for (let seq = entries.length + 1; seq <= cluster.trace.length; seq++) {
      entries.push(cluster.trace.at(seq)!);
      this.stepsAt.push(cluster.steps);
    }
    this.printed.push(...this.lines.hear(cluster, entries.length));
    return true;
  }
}

/** When the first thing is done: the control plane is up, in milliseconds of the run. */
const BEGINS_MS = 5000;
