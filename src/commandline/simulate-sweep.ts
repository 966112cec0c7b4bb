import { formatDurationMs } from '../apimachinery/duration.ts';
import { conditionsOf, findCondition } from '../apimachinery/conditions.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { arrayAt, numberAt } from '../base/json.ts';
import type { JudgeContext } from '../kinds/served-kind.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import { columnsOf } from '../simulator/kubectl/output.ts';
import type { Manifest } from '../simulator/script/apply-order.ts';
import { readScript } from '../simulator/script/script.ts';
import type { Sweep, SweepRun } from '../simulator/script/sweep.ts';
import { objectOfRun, scriptOfRun, sweepRuns } from '../simulator/script/sweep.ts';
import type { CommandlineIo } from './command.ts';
import type { Played } from './play-script.ts';
import { APPLY_AT_MS, playScript } from './play-script.ts';

interface SweepOrder {
  readonly kinds: JudgeContext;
  readonly manifests: readonly Manifest[];
  /** The script as it was written. */
  readonly given: JsonObject;
  readonly sweep: Sweep;
  readonly nodes: number | undefined;
  readonly untilMs: number | undefined;
  readonly format: 'json' | 'trace' | 'text';
}

/** What is told of one run. Times in milliseconds of the run. */
interface SweepRow {
  readonly seed: number;
  readonly values: readonly JsonValue[];
  readonly settled: boolean;
  /** From the first `kubectl apply` to the last that happened. */
  readonly settleMs: number;
  readonly nodes: number;
  readonly readyPods: number;
  readonly pendingPods: number;
  readonly restarts: number;
  readonly requests: number;
  readonly dropped: number;
  readonly failedCommands: number;
}

const RELEASE = `1.${PINNED_RELEASE}`;
/** How long nothing has happened in a run that has settled. */
const QUIET_MS = 60_000;

/** Runs a script once for each seed and combination of values, one after the other, and gives a table. */
export async function sweep(order: SweepOrder, io: CommandlineIo): Promise<number> {
  const { sweep: plan, format } = order;
  const names = plan.parameters.map(({ name }) => name);
  const rows: SweepRow[] = [];
  for (const run of sweepRuns(plan)) {
    const row = rowOf(order, run, io);
    if (row === undefined) return 2;
    rows.push(row);
  }
  if (format === 'text') await io.write(tableOf(names, rows));
  else if (format === 'trace') for (const row of rows) await io.write(`${JSON.stringify(named(names, row))}\n`);
  else {
    const whole = { release: RELEASE, parameters: names, rows: rows.map((row) => named(names, row)) };
    await io.write(`${JSON.stringify(whole)}\n`);
  }
  return rows.every(({ settled, failedCommands }) => settled && failedCommands === 0) ? 0 : 1;
}

function rowOf(order: SweepOrder, run: SweepRun, io: CommandlineIo): SweepRow | undefined {
  const { kinds, manifests, given, sweep: plan, nodes, untilMs } = order;
  const { script, problems } = readScript(scriptOfRun(given, plan, run), RELEASE);
  for (const { id, field, params } of problems) io.say(`${field}: ${io.messages.scriptProblem(id, params)}`);
  if (problems.length > 0) return undefined;
  const changed = manifests.map(({ file, object }) => ({ file, object: objectOfRun(object, plan, run) }));
  return told(run, playScript({ kinds, manifests: changed, script, seed: run.seed, nodes, untilMs }, io));
}

function told({ seed, values }: SweepRun, { cluster, settled, failed, requests }: Played): SweepRow {
  const objects = cluster.objects();
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  const counts = requests.map(({ token }) => cluster.trafficOf(token) ?? { sent: 0, ok: 0 });
  const sum = (of: readonly number[]): number => of.reduce((total, count) => total + count, 0);
  return {
    seed,
    values,
    settled,
    settleMs: Math.max(0, cluster.nowMs - APPLY_AT_MS - (settled ? QUIET_MS : 0)),
    nodes: objects.filter(({ kind }) => kind === 'Node').length,
    readyPods: pods.filter((pod) => findCondition(conditionsOf(pod), 'Ready')?.status === 'True').length,
    pendingPods: pods.filter((pod) => (pod['status'] as { phase?: string } | undefined)?.phase === 'Pending').length,
    restarts: sum(
      pods.flatMap((pod) =>
        arrayAt(pod, 'status', 'containerStatuses').map((status) => numberAt(status, 'restartCount') ?? 0),
      ),
    ),
    requests: sum(counts.map(({ sent }) => sent)),
    dropped: sum(counts.map(({ sent, ok }) => sent - ok)),
    failedCommands: failed,
  };
}

function named(names: readonly string[], { values, ...row }: SweepRow): object {
  return { ...row, values: Object.fromEntries(names.map((name, index) => [name, values[index]])) };
}

function tableOf(names: readonly string[], rows: readonly SweepRow[]): string {
  const head = [...names, 'SEED', 'SETTLED', 'AFTER', 'NODES', 'READY', 'PENDING', 'RESTARTS', 'REQUESTS', 'DROPPED'];
  const cells = rows.map((row) => [
    ...row.values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
    String(row.seed),
    String(row.settled),
    formatDurationMs(row.settleMs),
    ...[row.nodes, row.readyPods, row.pendingPods, row.restarts, row.requests, row.dropped].map(String),
  ]);
  return columnsOf([head.map((name) => name.toUpperCase()), ...cells]);
}
