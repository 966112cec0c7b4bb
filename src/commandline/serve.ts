import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { EMPTY_DESIGN } from '../design/design.ts';
import { addFiles, designRegistry } from '../design/import.ts';
import { judgeContextOf } from '../design/validity.ts';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { preloadStrategies } from '../kinds/strategies.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../openapi/built-in-schemas.ts';
import { apiServerOver } from '../server/api-server.ts';
import type { Ask } from '../server/api-server.ts';
import { certificateForLoopback } from '../server/authority.ts';
import { kubeconfigOf } from '../server/kubeconfig.ts';
import { OpenCalls } from '../server/stream.ts';
import { Cluster } from '../simulator/cluster.ts';
import { RUN_BEGINS_MS } from '../simulator/kernel/clock.ts';
import { topologyOf } from '../simulator/topology.ts';
import { UsageError } from './command.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { Pace } from './pace.ts';
import { APPLY_AT_MS } from './play-script.ts';
import { isNothingReadable, readPaths } from './read-paths.ts';
import { applyManifests } from './simulate-run.ts';

const LOOPBACK = '127.0.0.1';
/** Nobody looks back in a run that others drive. */
const TRACE_BUDGET = 20_000;
const MOST_SPEED = 1000;

/** A simulated cluster on loopback behind the Kubernetes API, for a real kubectl; until Ctrl+C. */
export const serve: CommandlineCommand = {
  name: 'serve',
  async run(args, io) {
    const { kubeconfig, port, speed, nodes, seed, paths } = readArguments(args);
    const input = await readPaths(paths, io);
    for (const { file, line, reason } of input.skipped) io.say(`${file}:${line}: ${reason}`);
    if (isNothingReadable(input)) {
      io.say(io.messages.nothing);
      return 2;
    }
    const design = addFiles(EMPTY_DESIGN, input.files, BUILT_IN_KINDS);
    const kinds = judgeContextOf(design, designRegistry(design, BUILT_IN_KINDS));
    const manifests = [...design.records.values()].filter(
      ({ object }) => !object.apiVersion.startsWith('drydock.dev/'),
    );
    await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
    const beginsAtMs = Math.max(0, Date.now() - RUN_BEGINS_MS);
    const cluster = Cluster.create({
      seed,
      kinds,
      topology: topologyOf(
        manifests.map(({ object }) => object),
        nodes,
      ),
      metricsServer: true,
      traceBudget: TRACE_BUDGET,
      beginsAtMs,
    });
    cluster.runUntil(beginsAtMs + APPLY_AT_MS);
    applyManifests(
      cluster,
      manifests.filter(({ object }) => object.kind !== 'Node'),
      (text) => io.say(text),
    );
    const calls = new OpenCalls(cluster);
    const pace = new Pace(cluster, speed, calls);
    const ask: Ask = (call, user, agent, listener) => {
      const end = calls.open(call, user, agent, listener);
      pace.wake();
      return () => {
        end();
        pace.wake();
      };
    };
    pace.wake();
    await listen(ask, { kubeconfig, port }, io);
    pace.stop();
    return 0;
  },
};

/** Serves until somebody presses Ctrl+C. */
async function listen(
  ask: Ask,
  { kubeconfig, port }: { readonly kubeconfig: string; readonly port: number },
  io: CommandlineIo,
): Promise<void> {
  const certificate = certificateForLoopback(Date.now());
  const token = randomBytes(32).toString('hex');
  const server = apiServerOver(ask, certificate, token);
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  const address = `https://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  const text = kubeconfigOf({ server: address, authority: certificate.authority, token });
  await writeFile(kubeconfig, text, { mode: 0o600 });
  // A file that was there keeps its mode otherwise.
  await chmod(kubeconfig, 0o600);
  io.say(io.messages.serving(address, kubeconfig));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  server.close();
  server.closeAllConnections();
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      kubeconfig: { type: 'string', default: 'drydock.kubeconfig' },
      port: { type: 'string', default: '0' },
      speed: { type: 'string', default: '1' },
      nodes: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
    },
  });
  return {
    kubeconfig: values.kubeconfig,
    port: whole('--port', values.port, 0, 65_535),
    speed: whole('--speed', values.speed, 1, MOST_SPEED),
    nodes: whole('--nodes', values.nodes, 1, 5000),
    seed: whole('--seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    paths: positionals,
  };
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new UsageError(`${flag} ${text}`);
  return value;
}
