import type { Cluster } from '../../simulator/cluster.ts';
import type { TextEdit } from '../../simulator/kubectl/text-edit.ts';
import type { ApplyLine } from '../../simulator/script/apply-order.ts';
import type { KubectlLine } from './simulation-protocol.ts';

/** A line of kubectl, and how many events of the simulation had happened when it was asked for and when it was given. */
interface QueuedLine extends ApplyLine {
  readonly edits?: readonly TextEdit[];
  readonly askedAt: number;
}
interface GivenLine extends QueuedLine {
  readonly givenAt: number;
  readonly token: string;
  /** What was last told of it. */
  said: string;
}

/** Lines of kubectl that somebody gives: some at once, some one after the other. */
export class LineQueue {
  private waiting: QueuedLine[] = [];
  /** Every line that was given, in order. */
  private given: GivenLine[] = [];
  /** Those of them that have not ended. */
  private running: GivenLine[] = [];

  get isEmpty(): boolean {
    return this.waiting.length === 0 && this.running.length === 0;
  }

  /** Whether no line goes on by itself: somebody has to do something first, or it only reads on. */
  isIdle(cluster: Cluster): boolean {
    const isIdle = ({ token }: GivenLine): boolean =>
      cluster.progressOf(token)?.isFollowing === true || cluster.textInEditor(token) !== undefined;
    return this.waiting.length === 0 && this.running.every(isIdle);
  }

  /** The line whose editor is open, the first where several are. */
  editing(cluster: Cluster): string | undefined {
    return this.running.find(({ token }) => cluster.textInEditor(token) !== undefined)?.token;
  }

  /** Gives the first of them now, and each other when the one before it has ended. */
  add(lines: readonly ApplyLine[], cluster: Cluster): void {
    this.waiting.push(...lines.map((line) => ({ ...line, askedAt: cluster.steps })));
    this.giveNext(cluster);
  }

  give(line: ApplyLine & { readonly edits?: readonly TextEdit[] }, cluster: Cluster): void {
    this.start({ ...line, askedAt: cluster.steps }, cluster);
  }

  /** Ctrl+C. */
  interrupt(cluster: Cluster): void {
    for (const { token } of this.running) cluster.interrupt(token);
  }

  /** What lines have printed since; the next one of those that follow one another begins when one has ended. */
  hear(cluster: Cluster, seq: number): readonly KubectlLine[] {
    if (this.running.length === 0) return NOTHING;
    const told = this.running.flatMap((line) => toldOf(line, cluster, seq) ?? []);
    const { length } = this.running;
    this.running = this.running.filter(({ token }) => cluster.outcomeOf(token) === undefined);
    if (this.running.length < length) this.giveNext(cluster);
    return told;
  }

  /** The lines as they were when a cluster stood where this one stands: a branch goes on with them. */
  asOf(cluster: Cluster): LineQueue {
    const { steps } = cluster;
    const queue = new LineQueue();
    queue.given = this.given.filter(({ givenAt }) => givenAt < steps).map((line) => ({ ...line, said: '' }));
    queue.running = queue.given.filter(({ token }) => cluster.outcomeOf(token) === undefined);
    queue.waiting = [...this.given.filter(({ givenAt }) => givenAt >= steps), ...this.waiting]
      .filter(({ askedAt }) => askedAt < steps)
      .map(({ line, files, askedAt, edits }) => ({ line, files, askedAt, ...(edits && { edits }) }));
    queue.giveNext(cluster);
    return queue;
  }

  private giveNext(cluster: Cluster): void {
    if (this.running.length > 0) return;
    const next = this.waiting.shift();
    if (next !== undefined) this.start(next, cluster);
  }

  private start(line: QueuedLine, cluster: Cluster): void {
    const token = cluster.kubectl(line.line, line.files, line.edits);
    const given = { ...line, givenAt: cluster.steps, token, said: '' };
    this.given.push(given);
    this.running.push(given);
  }
}

const NOTHING = [] as const;

/** Undefined where there is nothing new to tell. */
function toldOf(running: GivenLine, cluster: Cluster, seq: number): KubectlLine | undefined {
  const { token, line } = running;
  const editor = cluster.textInEditor(token);
  const outcome = cluster.outcomeOf(token);
  const { stdout = '', stderr = '' } = outcome ?? cluster.progressOf(token) ?? {};
  const said = `${stdout.length} ${stderr.length} ${editor === undefined} ${outcome === undefined}`;
  const isSilent = outcome === undefined && editor === undefined && stdout === '' && stderr === '';
  if (said === running.said || isSilent) return undefined;
  running.said = said;
  return { token, line, stdout, stderr, exitCode: outcome?.exitCode, editor, seq };
}
