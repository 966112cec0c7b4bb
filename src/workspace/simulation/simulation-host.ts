import type { Design } from '../../design/design.ts';
import { preloadStrategies } from '../../kinds/strategies.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../../openapi/built-in-schemas.ts';
import { preloadDescriptions } from '../../openapi/descriptions.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import { readsDescriptions } from '../../simulator/kubectl/run-line.ts';
import { logOf } from '../../simulator/story/log-entry.ts';
import { tellSteps } from '../../simulator/story/told-steps.ts';
import { answerQuestion } from './answer-question.ts';
import type { Asked } from './answer-question.ts';
import type { AppliedDesigns } from './applied-designs.ts';
import { frameOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { frameChange } from './frame-change.ts';
import { beginRun, readDesignFiles } from './begin-run.ts';
import type { DesignFiles } from './begin-run.ts';
import { planOf, readKeptRun, workersOf } from './keep/kept-run.ts';
import { LogReader } from './log-reader.ts';
import { networkOf } from './run-network.ts';
import { lookAt } from './look.ts';
import type { Run } from './run.ts';
import type { Act, EntryAccount, FromSimulation, ToSimulation } from './simulation-protocol.ts';

export interface SimulationHostParts {
  post(message: FromSimulation): void;
  /** Lets messages come in between two slices of work. */
  pause(): Promise<void>;
  nowMs(): number;
  readonly kinds: KindRegistry;
}

/** How long the thread works before it looks for messages, and how many steps travel in one message. */
const SLICE_MS = 40;
const LOG_PART = 5000;
/**
 * The page draws its ledgers anew whenever it is told of steps, which takes the longer the more there are: it is told less
 * often then, so that it has time for whoever looks at it. After so many steps it is left in peace a millisecond longer.
 */
const ENTRIES_A_MS = 200;
const MOST_SILENT_MS = 1000;

interface Branch {
  readonly run: Run;
  /** Steps that the page has, and lines of kubectl. */
  sent: number;
  printed: number;
  /** Steps of the story; and those of them that were sent before it was known that they are. */
  readonly told: Set<number>;
  late: number[];
  readonly reader: LogReader;
  readonly designs: AppliedDesigns;
  /** The step after which all was settled last. */
  settledSeq?: number;
}

/** The simulation thread: runs a design through a cluster, keeps every branch, and shows any step of it. */
export class SimulationHost {
  private readonly parts: SimulationHostParts;
  private readonly branches: Branch[] = [];
  /** What the run began with. */
  private began: Pick<Asked, 'seed' | 'workers' | 'cluster' | 'design'> = {
    seed: 1,
    workers: 3,
    cluster: {},
    design: [],
  };
  /** First step that belongs to the story: what happens while a cluster comes up does not. */
  private first = 1;
  /** The moment that the page was told of last. */
  private told: { readonly request: number; readonly frame: Frame } | undefined;
  /** Counts up with everything that makes work that goes on out of date. */
  private turn = 0;

  constructor(parts: SimulationHostParts) {
    this.parts = parts;
  }

  receive(message: ToSimulation): void {
    this.handle(message).catch((error: unknown) => {
      this.parts.post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    });
  }

  private async handle(message: ToSimulation): Promise<void> {
    switch (message.type) {
      case 'start':
        return this.start(message);
      case 'stop':
        this.turn++;
        return;
      case 'act':
        return this.act(message.branch, message.seq, message.act);
      case 'moment':
        return this.tellMoment(message);
      case 'look': {
        const branch = this.branches[message.branch];
        if (branch === undefined) return;
        const answer = lookAt(
          branch.run.at(message.seq),
          message.look,
          Object.keys(branch.designs.at(message.seq).files),
        );
        this.parts.post({ type: 'look', request: message.request, answer });
        return;
      }
      case 'ask': {
        const { request, branch, seq, question } = message;
        const run = this.branches[branch]?.run;
        const runOf = (other: number): Run | undefined => this.branches[other]?.run;
        const files = this.branches[branch]?.designs.at(seq).files ?? {};
        const answer = run && answerQuestion({ ...this.began, files, run, seq, runOf }, question);
        this.parts.post({ type: 'told', request, answer });
      }
    }
  }

  private tellMoment({ request, branch: index, seq, known }: Extract<ToSimulation, { type: 'moment' }>): void {
    const branch = this.branches[index];
    if (branch === undefined) return;
    const frame = frameOf(branch.run.at(seq), branch.designs.at(seq).keys);
    const change = frameChange(known === this.told?.request ? this.told?.frame : undefined, frame);
    this.told = { request, frame };
    this.parts.post({ type: 'moment', request, change, account: accountOf(branch.run.entries, seq) });
  }

  private async start({ files, ...more }: Extract<ToSimulation, { type: 'start' }>): Promise<void> {
    await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
    const kept = more.script === undefined ? undefined : readKeptRun(more.script);
    const seed = kept?.script.seed ?? more.seed;
    const workers = kept === undefined ? more.workers : workersOf(kept.script, more.workers);
    const network = kept === undefined ? (more.network ?? {}) : networkOf(kept.script.options);
    if (kept !== undefined) this.parts.post({ type: 'kept', seed, workers, network, hash: kept.hash });
    const { run, designs, first } = beginRun(files, { seed, workers, network, kept }, this.parts.kinds);
    this.branches.length = 0;
    this.branches.push({ run, sent: 0, printed: 0, told: new Set(), late: [], reader: new LogReader(), designs });
    this.first = first;
    const decoder = new TextDecoder();
    const design = files.map(({ path, content }) => ({ path, text: decoder.decode(content) }));
    const own = Object.keys(network).length === 0 ? {} : { options: { ...network } };
    this.began = { seed, workers, cluster: kept?.cluster ?? own, design };
    this.parts.post({ type: 'branch', branch: 0, parent: undefined, shared: 0, act: undefined });
    await this.goOn(0);
  }

  private async act(parent: number, seq: number, act: Act): Promise<void> {
    if (act.type === 'kubectl' && readsDescriptions(act.line)) await preloadDescriptions(GROUPS_WITH_SCHEMAS);
    const from = this.branches[parent];
    if (from === undefined) return;
    const lines =
      act.type === 'apply'
        ? from.designs.changesAt(seq, this.read(act.files))
        : act.type === 'takeOver'
          ? from.designs.takeOver(seq, act.object)
          : undefined;
    if (lines?.length === 0) return this.parts.post({ type: 'unchanged' });
    let index = parent;
    if (seq < from.run.length) {
      index = this.branches.length;
      this.branches.push(branchOf(from, seq));
      const shared = this.branches[index]!.run.length;
      this.parts.post({ type: 'branch', branch: index, parent, shared, act });
    }
    const { run, designs } = this.branches[index]!;
    const { files } = designs.newest;
    if (act.type === 'wait') run.wait(act.forMs);
    else if (act.type === 'script') run.plan(planOf(readKeptRun(act.script).script, files));
    else if (act.type === 'takeOver') run.act({ type: 'lines', lines: lines ?? [] }, files);
    else if (act.type !== 'apply') run.act(act, files);
    else run.act({ type: 'lines', lines: designs.apply(run.length, this.read(act.files)) }, files);
    await this.goOn(index);
  }

  private read(files: DesignFiles): Design {
    return readDesignFiles(files, this.parts.kinds);
  }

  /** Runs a branch to its end, slice by slice, and tells what happened. */
  private async goOn(index: number): Promise<void> {
    const turn = ++this.turn;
    const branch = this.branches[index]!;
    const { run } = branch;
    let stopped = false;
    let tellsAtMs = 0;
    for (;;) {
      const until = this.parts.nowMs() + SLICE_MS;
      const more = run.goOn(() => this.parts.nowMs() > until);
      if (!more) break;
      if (this.parts.nowMs() >= tellsAtMs) {
        this.tell(index, branch);
        this.parts.post({ type: 'progress', branch: index, timeMs: run.timeMs, entries: run.length });
        tellsAtMs = this.parts.nowMs() + Math.min(MOST_SILENT_MS, run.length / ENTRIES_A_MS);
      }
      await this.parts.pause();
      if (turn !== this.turn) {
        stopped = true;
        break;
      }
    }
    this.tell(index, branch);
    const settled = run.isSettled && !stopped;
    if (settled) this.tellRest(index, branch);
    const told = branch.late;
    branch.late = [];
    this.parts.post({
      type: 'ended',
      branch: index,
      timeMs: run.timeMs,
      settled,
      hash: run.hash,
      told,
      moving: settled ? [] : run.moving,
    });
  }

  /** The story ends where all is settled: the last step of it shows that. */
  private tellRest(index: number, branch: Branch): void {
    const { seq, timeMs } = branch.run.rest();
    if (!branch.told.has(seq)) {
      branch.told.add(seq);
      branch.late.push(seq);
    }
    if (branch.settledSeq === seq) return;
    branch.settledSeq = seq;
    const milestone = { seq, timeMs, type: 'settled', object: '' } as const;
    this.parts.post({ type: 'reading', branch: index, milestones: [milestone], verdicts: [] });
  }

  private tell(index: number, branch: Branch): void {
    const { run, told, sent } = branch;
    const added = tellSteps(run.entries, sent, this.first, told);
    branch.late.push(...added.filter((seq) => seq <= sent));
    for (let from = sent; from < run.length; from += LOG_PART) {
      const entries = logOf(run.entries.slice(from, from + LOG_PART), told, (seq) => run.entries[seq - 1]);
      this.parts.post({ type: 'log', branch: index, entries });
    }
    const reading = branch.reader.read(run.entries.slice(sent));
    if (reading.milestones.length + reading.verdicts.length > 0)
      this.parts.post({ type: 'reading', branch: index, ...reading });
    branch.sent = run.length;
    for (const line of run.printed.slice(branch.printed)) this.parts.post({ type: 'kubectl', branch: index, ...line });
    branch.printed = run.printed.length;
  }
}

/** A branch with the same past up to a step. */
function branchOf({ run: parent, told, designs }: Branch, seq: number): Branch {
  const run = parent.fork(seq);
  const reader = new LogReader();
  reader.read(run.entries);
  const known = new Set([...told].filter((step) => step <= run.length));
  return {
    run,
    sent: run.length,
    printed: run.printed.length,
    told: known,
    late: [],
    reader,
    designs: designs.upTo(run.length),
  };
}

function accountOf(entries: readonly TraceEntry[], seq: number): EntryAccount | undefined {
  const entry = entries[seq - 1];
  if (entry === undefined) return undefined;
  const because: number[] = [];
  for (let cause = entry.cause; cause > 0; cause = entries[cause - 1]?.cause ?? 0) because.push(cause);
  const leadsTo: number[] = [];
  const gates: TraceEntry[] = [];
  let answer: TraceEntry | undefined;
  let last = seq;
  for (const other of entries.slice(seq, seq + LOOK_AHEAD)) {
    if (other.cause === seq) leadsTo.push(other.seq);
    if (entry.class !== 'request' || answer !== undefined) continue;
    if (other.cause === last && other.class === 'internal') {
      gates.push(other);
      last = other.seq;
    } else if (other.class === 'response' && other.to === entry.from && follows(entries, other, seq)) answer = other;
  }
  return { entry, gates, answer, because, leadsTo };
}

/** How far after a step what it led to is looked for. */
const LOOK_AHEAD = 5000;

function follows(entries: readonly TraceEntry[], entry: TraceEntry, seq: number): boolean {
  for (let cause = entry.cause; cause >= seq; cause = entries[cause - 1]?.cause ?? 0) if (cause === seq) return true;
  return false;
}
