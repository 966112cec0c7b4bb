import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { schedulerPerf } from './scheduler/scheduler-perf.ts';
import { WORKLOADS } from './scheduler/workloads.ts';
import { peakMegabytes } from './simulator/cost.ts';
import { rivalToReady } from './simulator/rival.ts';
import { costOf } from './simulator/cost.ts';
import type { Measured, Row } from './simulator/report.ts';
import { report } from './simulator/report.ts';
import { idleHours, large, seeking, toReady, warmUp } from './simulator/runs.ts';

/** How long webernetes may take. */
const RIVAL_LIMIT_MS = 120_000;
/** How long any row may take. */
const ROW_LIMIT_MS = 600_000;

/** Each row runs in a process of its own, so that none pays for what another left behind. */
const ROWS: Readonly<Record<string, () => Promise<Row>>> = {
  'ready 10 nodes 1000 pods': () => toReady(10, 1000, false),
  'ready 10 nodes 1000 pods service': () => toReady(10, 1000, true),
  'ready webernetes': () => rivalToReady(10, 1000, RIVAL_LIMIT_MS),
  'ready 100 nodes 3000 pods': () => toReady(100, 3000, false),
  'idle 10 nodes': () => idleHours(10, 1),
  'idle 100 nodes': () => idleHours(100, 1),
  'idle 100 nodes heartbeats one by one': () => idleHours(100, 1, 'single'),
  'idle 100 nodes a day': () => idleHours(100, 24),
  'seek 10 nodes 300 pods': () => Promise.resolve(seeking(300)),
  ...Object.fromEntries(WORKLOADS.map(({ name }) => [`scheduler_perf ${name}`, () => schedulerRow(name)])),
};

async function schedulerRow(name: string): Promise<Row> {
  let rows: ReturnType<typeof schedulerPerf> = [];
  const cost = await costOf(() => {
    rows = schedulerPerf(new RegExp(`^${name.replaceAll(/[^\w]/g, '\\$&')}$`));
  });
  return { ...cost, ...rows[0] };
}

/** `ready 1000 nodes 30000 pods`, `large 1000 nodes 30000 pods`: any size, for those who look for how it grows. */
function ofSize(name: string): (() => Promise<Row>) | undefined {
  const [, what, nodes, pods] = /^(ready|large) (\d+) nodes (\d+) pods$/.exec(name) ?? [];
  if (nodes === undefined) return undefined;
  return () => (what === 'large' ? large(Number(nodes), Number(pods)) : toReady(Number(nodes), Number(pods), false));
}

/** One row, told to the process that asked for it. */
async function runRow(name: string): Promise<void> {
  const run = ROWS[name] ?? ofSize(name);
  if (run === undefined) throw new Error(`no row ${name}`);
  if (!name.startsWith('ready webernetes')) await warmUp();
  const row = await run();
  console.log(JSON.stringify({ ...row, peakMegabytes: peakMegabytes() }));
  // What webernetes has set going does not end by itself.
  process.exit();
}

function measure(name: string): Measured {
  const self = fileURLToPath(import.meta.url);
  const made = spawnSync(process.execPath, [...process.execArgv, self, '--row', name], {
    encoding: 'utf8',
    timeout: ROW_LIMIT_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const line = made.stdout.trim().split('\n').at(-1) ?? '';
  if (made.status === 0 && line.startsWith('{')) return { name, row: JSON.parse(line) as Row };
  const why = made.stderr.trim().split('\n').at(-1);
  return { name, failed: made.error?.message ?? why ?? `ended with ${made.status ?? made.signal ?? 'nothing'}` };
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--row') await runRow(rest.join(' '));
else {
  const wanted = [first, ...rest].filter((word) => word !== undefined);
  const names = Object.keys(ROWS).filter((name) => wanted.every((word) => name.includes(word)));
  console.log(`Node ${process.versions.node}, ${cpus().length} processors, ${cpus()[0]?.model ?? 'unknown'}`);
  console.log(report(names.map(measure)));
}
