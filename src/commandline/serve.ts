import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { apiServerOver } from '../server/api-server.ts';
import type { Ask } from '../server/api-server.ts';
import { certificateForLoopback } from '../server/authority.ts';
import { kubeconfigOf } from '../server/kubeconfig.ts';
import { OpenCalls } from '../server/stream.ts';
import { optionsAskedBy } from '../simulator/asked-options.ts';
import { Cluster } from '../simulator/cluster.ts';
import { RUN_BEGINS_MS } from '../simulator/kernel/clock.ts';
import { topologyOf } from '../simulator/topology.ts';
import type { CommandlineCommand, CommandlineIo } from './command.ts';
import { manifestsToRun } from '../workspace/simulation/play/manifests-to-run.ts';
import { Pace } from './pace.ts';
import { APPLY_AT_MS } from '../workspace/simulation/play/play-script.ts';
import { readPaths, saysNothingReadable } from './read-paths.ts';
import { applyManifests } from '../workspace/simulation/play/play-steps.ts';
import { wholeNumber } from './whole-number.ts';

const LOOPBACK = '127.0.0.1';
/** Nobody looks back in a run that others drive. */
const TRACE_BUDGET = 20_000;
const MOST_SPEED = 1000;

/** A simulated cluster on loopback behind the Kubernetes API, for a real kubectl; until Ctrl+C. */
export const serve: CommandlineCommand = {
  async run(args, io) {
    const { kubeconfig, port, speed, nodes, seed, paths } = readArguments(args);
    const input = await readPaths(paths, io);
    if (saysNothingReadable(input, io)) return 2;
    const { kinds, manifests } = await manifestsToRun(input.files);
    const beginsAtMs = Math.max(0, Date.now() - RUN_BEGINS_MS);
    const objects = manifests.map(({ object }) => object);
    const cluster = Cluster.create({
      ...optionsAskedBy(objects),
      seed,
      kinds,
      topology: topologyOf(objects, nodes),
      metricsServer: true,
      traceBudget: TRACE_BUDGET,
      moments: false,
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
    port: wholeNumber('--port', values.port, 0, 65_535),
    speed: wholeNumber('--speed', values.speed, 1, MOST_SPEED),
    nodes: wholeNumber('--nodes', values.nodes, 1, 5000),
    seed: wholeNumber('--seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    paths: positionals,
  };
}
