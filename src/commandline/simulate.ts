import { memoryUsage } from 'node:process';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { formatDurationMs, parseDurationMs } from '../apimachinery/duration.ts';
import { PINNED_RELEASE } from '../openapi/resource.ts';
import { readManifest } from '../manifest/read.ts';
import type { Cluster } from '../simulator/cluster.ts';
import type { IpFamily } from '../simulator/network/addresses.ts';
import { IP_FAMILIES, familyNumber, familyOf } from '../simulator/network/addresses.ts';
import { POD_NETWORKS } from '../simulator/network/pod-network/pod-network.ts';
import { networkOf } from '../workspace/simulation/run-network.ts';
import { PROXY_MODES } from '../simulator/kubeproxy/proxy-mode.ts';
import { NO_SCRIPT } from '../simulator/script/no-script.ts';
import type { Script } from '../simulator/script/script.ts';
import { UsageError } from './command.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { manifestsToRun } from '../workspace/simulation/play/manifests-to-run.ts';
import { readPaths, saysNothingReadable } from './read-paths.ts';
import { playScript } from '../workspace/simulation/play/play-script.ts';
import { requestResults, whatMoves } from '../workspace/simulation/play/play-steps.ts';
import { readScriptFile } from './read-script.ts';
import { storyOf } from './simulate-story.ts';
import { wholeNumber } from './whole-number.ts';
import { writeList } from './write-list.ts';

const FORMATS = ['json', 'trace', 'text'] as const;

/** Plays the manifests through a simulated cluster until nothing moves any more. */
export const simulate: CommandlineCommand = {
  async run(args, io) {
    const { format, nodes, seed, untilMs, network, scriptOf, paths } = readArguments(args, io);
    const given = scriptOf === undefined ? NO_SCRIPT : (await readScriptFile(scriptOf, io))?.script;
    if (given === undefined) return 2;
    refuseOtherFamilies(network.ipFamilies, given.options.serviceNetworks);
    const script = { ...given, options: { ...given.options, ...network } };
    if (script.sweep !== undefined) throw new UsageError(io.messages.isExperiment(scriptOf ?? ''));
    const input = await readInput(paths, script, io);
    if (saysNothingReadable(input, io)) return 2;
    const { kinds, manifests } = await manifestsToRun(input.files);
    const beganMs = performance.now();
    const ownSeed = seed ?? script.seed ?? 1;
    const run = playScript(
      { kinds, manifests, script, seed: ownSeed, nodes, untilMs },
      {
        say: (text) => io.say(text),
        progress: (timeMs, entries) => io.say(io.messages.simulated(formatDurationMs(timeMs), entries)),
      },
    );
    const { cluster, settled, failed, requests } = run;
    const stats = {
      entries: cluster.trace.length,
      wallMs: Math.round(performance.now() - beganMs),
      peakMemoryBytes: memoryUsage().rss,
    };
    const moving = settled ? [] : whatMoves(cluster);
    if (!settled) io.say(io.messages.stillMoves(formatDurationMs(cluster.nowMs), moving.join(', ')));
    if (format === 'trace') for (const entry of cluster.trace.after(0)) await io.write(`${JSON.stringify(entry)}\n`);
    else if (format === 'text') await io.write(storyOf(cluster));
    else
      await writeResult(
        cluster,
        { seed: ownSeed, settled, stats, moving, requests: requestResults(cluster, requests) },
        io,
      );
    return settled && failed === 0 ? 0 : 1;
  },
};

/** The manifests of the paths; those that a script carries where no paths are given. */
async function readInput(paths: readonly string[], { design }: Script, io: CommandlineIo) {
  if (paths.length > 0 || design.length === 0) return readPaths(paths, io);
  return { files: design.map(({ path, text }) => readManifest(path, text)), skipped: [] };
}

interface Outcome {
  readonly seed: number;
  readonly settled: boolean;
  readonly stats: object;
  /** How the requests of the script fared. */
  readonly requests: readonly object[];
  /** What still moves, where the cluster has not settled. */
  readonly moving: readonly string[];
}

async function writeResult(
  cluster: Cluster,
  { seed, settled, stats, moving, requests }: Outcome,
  io: CommandlineIo,
): Promise<void> {
  const all = cluster.objects();
  const more = { ...(moving.length === 0 ? {} : { moving }), ...(requests.length === 0 ? {} : { requests }) };
  const head = { release: `1.${PINNED_RELEASE}`, seed, settled, ...more, timeMs: cluster.nowMs };
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
      nodes: { type: 'string' },
      seed: { type: 'string' },
      script: { type: 'string' },
      until: { type: 'string', default: 'settled' },
      'proxy-mode': { type: 'string' },
      'ip-families': { type: 'string' },
      'pod-network': { type: 'string' },
    },
  });
  const format = FORMATS.find((known) => known === values.output);
  if (!format) throw new UsageError(io.messages.unknownFormat(values.output, FORMATS.join(', ')));
  const nodes = values.nodes === undefined ? undefined : wholeNumber('--nodes', values.nodes, 1, 5000);
  const seed =
    values.seed === undefined
      ? undefined
      : wholeNumber('--seed', values.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const untilMs = values.until === 'settled' ? undefined : durationMs(values.until);
  const network = networkOf({
    proxyMode: oneOf('--proxy-mode', values['proxy-mode'], PROXY_MODES),
    ipFamilies: familiesIn(values['ip-families']),
    podNetwork: oneOf('--pod-network', values['pod-network'], POD_NETWORKS),
  });
  return { format, nodes, seed, untilMs, network, scriptOf: values.script, paths: positionals } as const;
}

/** The networks of Services that a script gives are of the families of its cluster. */
function refuseOtherFamilies(families: readonly IpFamily[] | undefined, networks: readonly string[] | undefined): void {
  if (families === undefined || networks === undefined) return;
  if (families.map(familyNumber).join() !== networks.map(familyOf).join())
    throw new UsageError(`--ip-families ${families.join()} (options.serviceNetworks: ${networks.join()})`);
}

function oneOf<Name extends string>(
  option: string,
  value: string | undefined,
  known: readonly Name[],
): Name | undefined {
  const found = known.find((name) => name === value);
  if (value !== undefined && found === undefined) throw new UsageError(`${option} ${value} (${known.join(', ')})`);
  return found;
}

/** `IPv4,IPv6`. */
function familiesIn(text: string | undefined): readonly IpFamily[] | undefined {
  const families = text?.split(',').flatMap((name) => oneOf('--ip-families', name.trim(), IP_FAMILIES) ?? []);
  if (families !== undefined && new Set(families).size < families.length)
    throw new UsageError(`--ip-families ${text ?? ''} (${IP_FAMILIES.join(', ')})`);
  return families;
}

function durationMs(text: string): number {
  const duration = parseDurationMs(text);
  if (duration === undefined) throw new UsageError(`--until ${text}`);
  return duration;
}
