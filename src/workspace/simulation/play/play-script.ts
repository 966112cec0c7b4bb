import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JudgeContext } from '../../../kinds/served-kind.ts';
import { Cluster } from '../../../simulator/cluster.ts';
import type { ManifestFiles } from '../../../simulator/kubectl/command.ts';
import { optionsAskedBy } from '../../../simulator/asked-options.ts';
import type { Manifest } from '../../../simulator/script/apply-order.ts';
import type { Script } from '../../../simulator/script/script.ts';
import type { NodeSize } from '../../../simulator/topology.ts';
import { topologyOf } from '../../../simulator/topology.ts';
import { optionsOf, workersOf } from '../keep/kept-run.ts';
import { isKept, playKept } from './play-kept.ts';
import { applyManifests, hearAll, playSteps, settle } from './play-steps.ts';

const HOUR_MS = 3_600_000;
/** When the objects are applied: the control plane is up. Milliseconds of the run. */
export const APPLY_AT_MS = 5000;

/** What one run is made of. */
export interface ScriptRun {
  readonly kinds: JudgeContext;
  readonly manifests: readonly Manifest[];
  readonly script: Script;
  readonly seed: number;
  /** Workers, where the command line says how many. */
  readonly nodes: number | undefined;
  /** What the workers are like, where somebody says so who does not ask the script. */
  readonly size?: NodeSize;
  /** When it ends, in milliseconds of the run; undefined for when it has settled. */
  readonly untilMs: number | undefined;
}

/** Who hears what commands say, and how far a long run is: its time in milliseconds, and its entries. */
export interface PlayListener {
  say(text: string): void;
  progress(timeMs: number, entries: number): void;
}

export interface Played {
  readonly cluster: Cluster;
  readonly settled: boolean;
  /** Commands that failed. */
  readonly failed: number;
  readonly requests: ReturnType<typeof playSteps>['requests'];
}

/** Applies the manifests to a fresh cluster, does the steps of the script, and runs to the end. */
export function playScript(
  { kinds, manifests, script, seed, nodes, size, untilMs }: ScriptRun,
  listener: PlayListener,
): Played {
  const objects = manifests.map(({ object }) => object);
  const { steps } = script;
  const topology = topologyOf(objects, nodes ?? workersOf(script, 3), {
    size: size ?? script.nodeSize,
    controlPlanes: script.apiServers,
  });
  const options = { ...optionsAskedBy(objects), ...optionsOf(script, seed, kinds, topology) };
  const say = (text: string): void => listener.say(text);
  const applied = manifests.filter(({ object }) => object.kind !== 'Node');
  const endsAtMs = untilMs ?? script.untilMs;
  if (isKept(script)) return playKept(options, { ...script, untilMs: endsAtMs }, applied, filesOf(applied), say);
  const cluster = Cluster.create({ ...options, moments: false });
  cluster.runUntil(APPLY_AT_MS);
  const refused = applyManifests(cluster, applied, say);
  const { tokens, requests } = playSteps(cluster, steps, filesOf(applied));
  const progress = (timeMs: number): void => listener.progress(timeMs, cluster.trace.length);
  const settled = endsAtMs === undefined ? settle(cluster, HOUR_MS, progress) : runUntil(cluster, endsAtMs);
  return { cluster, settled, failed: refused + hearAll(cluster, tokens, say), requests };
}

function runUntil(cluster: Cluster, untilMs: number): boolean {
  cluster.runUntil(untilMs);
  return true;
}

function filesOf(records: readonly Manifest[]): ManifestFiles {
  const files: Record<string, KubernetesObject[]> = {};
  for (const { file, object } of records) (files[file] ??= []).push(object);
  return files;
}
