import type { ManifestFiles } from '../../simulator/kubectl/command.ts';
import { Cluster } from '../../simulator/cluster.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import type { ApplyLine } from '../../simulator/script/apply-order.ts';
import { componentsAtWork } from '../../simulator/script/components-at-work.ts';
import type { Act, KubectlLine } from './simulation-protocol.ts';

/** The longest that a run goes on by itself, in milliseconds of its own time, and the most steps that it keeps. */
const LONGEST_MS = 3_600_000;
const MOST_ENTRIES = 400_000;
/** Most components that are named as still at work. */
const MOST_TOLD = 8;

/**
 * One branch of a run: the cluster, every step that it took, and how many events of the simulation had happened at each,
 * so that any step can be gone back to.
 */
export class Run {
  readonly entries: TraceEntry[];
  private readonly cluster: Cluster;
  /** By seq, less one. */
  private readonly stepsAt: number[];
  /** Events of the simulation up to the newest step; the cluster itself may stand at an earlier one. */
  private endSteps: number;
  private endMs: number;
  private readonly lines: ApplyLine[] = [];
  /** The lines that are being worked on, and what was last told of each. */
  private running: { readonly line: string; readonly token: string; said?: string }[] = [];
  readonly printed: KubectlLine[] = [];
  /** It goes on at least as long, in milliseconds of the run. */
  private untilMs = 0;

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
    while (run.cluster.nowMs < BEGINS_MS && run.step()) if (run.endMs >= BEGINS_MS) break;
    return run;
  }

  get length(): number {
    return this.entries.length;
  }

  /** Does something at the end of what has happened. */
  act(act: Act, files: ManifestFiles): void {
    this.toEnd();
    if (act.type === 'kubectl') this.give(act.line, files);
    else if (act.type === 'save') this.save(act.token, act.text);
    else if (act.type === 'interrupt') for (const { token } of this.running) this.cluster.interrupt(token);
    else if (act.type === 'fault') this.cluster.fault(act.order);
    else if (act.type === 'wait') this.untilMs = Math.max(this.untilMs, this.cluster.nowMs + act.forMs);
    this.endMs = this.cluster.nowMs;
  }

  /** Saves the text of an editor; what is under way at this moment goes on until it is closed. */
  private save(token: string, text: string): void {
    const given = this.cluster.textInEditor(token);
    if (given === undefined) return;
    this.cluster.saveText(token, text);
    while (this.cluster.textInEditor(token) === given) if (!this.step()) return;
  }

  /** Lets lines of kubectl follow one another. */
  applyInTurn(lines: readonly ApplyLine[]): void {
    this.toEnd();
    this.lines.push(...lines);
    this.giveNext();
  }

  /** Goes on until the wall says stop; true where there is more to do. */
  goOn(isTimeUp: () => boolean): boolean {
    this.toEnd();
    for (let count = 0; ; count++) {
      if (this.isOver()) return false;
      if (!this.step()) return false;
      if ((count & 63) === 63 && isTimeUp()) return true;
    }
  }

  /** Whether nothing more will happen but what happens for ever. */
  get isSettled(): boolean {
    return (
      this.lines.length === 0 &&
      this.running.every((line) => this.isIdle(line)) &&
      this.cluster.settlesAtMs !== undefined
    );
  }

  /** Whether somebody has to do something before the line goes on, or it only reads on. */
  private isIdle({ token }: { readonly token: string }): boolean {
    return this.cluster.progressOf(token)?.isFollowing === true || this.cluster.textInEditor(token) !== undefined;
  }

  /** When the run ends, in milliseconds of its own. */
  get timeMs(): number {
    return this.endMs;
  }

  get moving(): readonly string[] {
    return componentsAtWork(this.cluster).slice(0, MOST_TOLD);
  }

  /** The cluster as it stood when a step had happened. */
  at(seq: number): Cluster {
    this.cluster.seekSteps(this.stepsAt[seq - 1] ?? this.endSteps);
    return this.cluster;
  }

  /** A branch with the same past up to a step. */
  fork(seq: number): Run {
    const cluster = this.at(seq).fork();
    const { length } = cluster.trace;
    const run = new Run(cluster, this.entries.slice(0, length), this.stepsAt.slice(0, length));
    run.running = this.running
      .filter(({ token }) => cluster.progressOf(token) !== undefined)
      .map((line) => ({ ...line }));
    return run;
  }

  private isOver(): boolean {
    if (this.cluster.nowMs < this.untilMs) return false;
    // Time stands still while somebody edits.
    if (this.running.some(({ token }) => this.cluster.textInEditor(token) !== undefined)) return true;
    return this.isSettled || this.cluster.nowMs >= LONGEST_MS || this.entries.length >= MOST_ENTRIES;
  }

  private toEnd(): void {
    if (this.cluster.steps !== this.endSteps) this.cluster.seekSteps(this.endSteps);
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
    this.hear();
    return true;
  }

  /** What lines have printed is told; the next one of those that follow one another begins. */
  private hear(): void {
    if (this.running.length === 0) return;
    for (const running of this.running) this.tell(running);
    const { length } = this.running;
    this.running = this.running.filter(({ token }) => this.cluster.outcomeOf(token) === undefined);
    if (this.running.length < length) this.giveNext();
  }

  private tell(running: Run['running'][number]): void {
    const { token, line } = running;
    const editor = this.cluster.textInEditor(token);
    const outcome = this.cluster.outcomeOf(token);
    const { stdout = '', stderr = '' } = outcome ?? this.cluster.progressOf(token) ?? {};
    const said = `${stdout.length} ${stderr.length} ${editor === undefined} ${outcome === undefined}`;
    if (said === running.said || (outcome === undefined && editor === undefined && stdout === '' && stderr === ''))
      return;
    running.said = said;
    const exitCode = outcome?.exitCode;
    this.printed.push({ token, line, stdout, stderr, exitCode, editor, seq: this.entries.length });
  }

  private giveNext(): void {
    if (this.running.length > 0) return;
    const next = this.lines.shift();
    if (next !== undefined) this.give(next.line, next.files);
  }

  private give(line: string, files: ManifestFiles): void {
    this.running.push({ line, token: this.cluster.kubectl(line, files) });
  }
}

/** When the first thing is done: the control plane is up, in milliseconds of the run. */
const BEGINS_MS = 5000;
