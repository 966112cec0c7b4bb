import { memoryUsage } from 'node:process';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { parseDurationMs } from '../apimachinery/duration.ts';
import { stringAt } from '../base/json.ts';
import { EMPTY_DESIGN } from '../design/design.ts';
import { addFiles, designRegistry } from '../design/import.ts';
import { judgeContextOf } from '../design/validity.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { preloadStrategies } from '../kinds/strategies.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../openapi/built-in-schemas.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import { applyCalls } from '../simulator/apply-calls.ts';
import { Cluster } from '../simulator/cluster.ts';
import { topologyOf } from '../simulator/topology.ts';
import { UsageError } from './command.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { isNothingReadable, readPaths } from './read-paths.ts';
import { writeList } from './write-list.ts';

const FORMATS = ['json', 'trace'] as const;
const HOUR_MS = 3_600_000;
/** When the objects are applied: the control plane is up. */
const APPLY_AT_MS = 5000;

/** Plays the manifests through a simulated cluster until nothing moves any more. */
export const simulate: CommandlineCommand = {
  name: 'simulate',
  async run(args, io) {
    const { format, nodes, seed, untilMs, paths } = readArguments(args, io);
    const input = await readPaths(paths, io);
    for (const { file, line, reason } of input.skipped) io.say(`${file}:${line}: ${reason}`);
    if (isNothingReadable(input)) {
      io.say(io.messages.nothing);
      return 2;
    }
    const design = addFiles(EMPTY_DESIGN, input.files, BUILT_IN_KINDS);
    const kinds = judgeContextOf(design, designRegistry(design, BUILT_IN_KINDS));
    const objects = [...design.records.values()].map(({ object }) => object);
    await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
    const beganMs = performance.now();
    const cluster = Cluster.create({ seed, kinds, topology: topologyOf(objects, nodes) });
    cluster.runUntil(APPLY_AT_MS);
    const refused = apply(cluster, objects, io);
    const settled = untilMs === undefined ? cluster.runUntilSettled(HOUR_MS) : runUntil(cluster, untilMs);
    const stats = {
      entries: cluster.trace.length,
      wallMs: Math.round(performance.now() - beganMs),
      peakMemoryBytes: memoryUsage().rss,
    };
    if (format === 'trace') for (const entry of cluster.trace.after(0)) await io.write(`${JSON.stringify(entry)}\n`);
    else await writeResult(cluster, { seed, settled, stats }, io);
    return settled && refused === 0 ? 0 : 1;
  },
};

function runUntil(cluster: Cluster, untilMs: number): boolean {
  cluster.runUntil(untilMs);
  return true;
}

/** Applies the objects one after another; gives how many were refused. */
function apply(cluster: Cluster, objects: readonly KubernetesObject[], io: CommandlineIo): number {
  const { calls, unknown } = applyCalls(objects.filter(({ kind }) => kind !== 'Node'));
  let refused = unknown.length;
  for (const { apiVersion, kind } of unknown) io.say(`no matches for kind "${kind}" in version "${apiVersion}"`);
  for (const call of calls) {
    const token = cluster.request(call);
    while (cluster.answerTo(token) === undefined) if (!cluster.step()) break;
    const answer = cluster.answerTo(token);
    if (answer !== undefined && answer.code >= 200 && answer.code < 300) continue;
    refused++;
    io.say(stringAt(answer?.body, 'message') ?? 'no answer');
  }
  return refused;
}

async function writeResult(
  cluster: Cluster,
  { seed, settled, stats }: { readonly seed: number; readonly settled: boolean; readonly stats: object },
  io: CommandlineIo,
): Promise<void> {
  const all = cluster.objects();
  const head = { release: `1.${PINNED_RELEASE}`, seed, settled, timeMs: cluster.nowMs };
  await io.write(`${JSON.stringify(head).slice(0, -1)},"objects":`);
  await writeList(
    all.filter(({ kind }) => kind !== 'Event'),
    (object) => object,
    io,
  );
  await io.write(',\n"events":');
  await writeList(
    all.filter(({ kind }) => kind === 'Event'),
    (object) => object,
    io,
  );
  await io.write(`,\n"traceHash":"${cluster.trace.digest}","stats":${JSON.stringify(stats)}}\n`);
}

function readArguments(args: readonly string[], io: CommandlineIo) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o', default: 'json' },
      nodes: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      until: { type: 'string', default: 'settled' },
    },
  });
  const format = FORMATS.find((known) => known === values.output);
  if (!format) throw new UsageError(io.messages.unknownFormat(values.output, FORMATS.join(', ')));
  const [nodes, seed] = [Number(values.nodes), Number(values.seed)];
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 5000) throw new UsageError(`--nodes ${values.nodes}`);
  if (!Number.isSafeInteger(seed)) throw new UsageError(`--seed ${values.seed}`);
  const untilMs = values.until === 'settled' ? undefined : durationMs(values.until);
  return { format, nodes, seed, untilMs, paths: positionals } as const;
}

function durationMs(text: string): number {
  const duration = parseDurationMs(text);
  if (duration === undefined) throw new UsageError(`--until ${text}`);
  return duration;
}
