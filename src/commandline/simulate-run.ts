import { performance } from 'node:perf_hooks';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { Cluster } from '../simulator/cluster.ts';
import type { ManifestFiles } from '../simulator/kubectl/command.ts';
import type { ScriptStep } from '../simulator/script/script.ts';

/** An object and the file that it stands in. */
export interface Manifest {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** What others need to be there: the rest follows in the order of the input. */
const FIRST: readonly string[] = ['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'StorageClass'];
/** Objects of one `kubectl apply`: its flow is run over again for each answer. */
const AT_ONCE = 50;

function placeOf({ object }: Manifest): number {
  const index = FIRST.indexOf(object.kind);
  return index < 0 ? FIRST.length : index;
}

/** Applies the manifests as somebody with kubectl would; gives how many commands failed. */
export function applyManifests(cluster: Cluster, manifests: readonly Manifest[], say: (text: string) => void): number {
  const ordered = [...manifests].sort((a, b) => placeOf(a) - placeOf(b));
  let failures = 0;
  for (let at = 0; at < ordered.length;) {
    const { file } = ordered[at]!;
    const objects: KubernetesObject[] = [];
    while (at < ordered.length && objects.length < AT_ONCE && ordered[at]!.file === file)
      objects.push(ordered[at++]!.object);
    const token = cluster.kubectl(`apply -f ${quoted(file)}`, { [file]: objects });
    while (cluster.outcomeOf(token) === undefined) if (!cluster.step()) break;
    if (heard(cluster, token, say) !== 0) failures++;
  }
  return failures;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function heard(cluster: Cluster, token: string, say: (text: string) => void): number {
  const outcome = cluster.outcomeOf(token);
  if (outcome !== undefined && outcome.stderr !== '') say(outcome.stderr.trimEnd());
  return outcome?.exitCode ?? 1;
}

/** Does the steps of a script, counted from now; gives the tokens of its commands. */
export function playSteps(cluster: Cluster, steps: readonly ScriptStep[], files: ManifestFiles): readonly string[] {
  const beganMs = cluster.nowMs;
  return steps.flatMap((step) => {
    cluster.runUntil(beganMs + step.atMs);
    if (step.type === 'kubectl') return [cluster.kubectl(step.line, files)];
    if (step.type === 'apply') return [cluster.kubectl('apply -f -', { '-': [step.object] })];
    cluster.fault(step.order);
    return [];
  });
}

/** What commands said on standard error; how many failed, or had not ended. */
export function hearAll(cluster: Cluster, tokens: readonly string[], say: (text: string) => void): number {
  return tokens.filter((token) => heard(cluster, token, say) !== 0).length;
}

/** How often somebody who waits hears where the run is, and how far it goes before the clock is looked at. */
const PROGRESS_MS = 5000;
const STRIDE_MS = 60_000;

/** Runs until the cluster settles, or up to the limit; tells the time of the run now and then. */
export function settle(cluster: Cluster, limitMs: number, progress: (timeMs: number) => void): boolean {
  let toldMs = performance.now();
  while (!cluster.runUntilSettled(Math.min(limitMs, cluster.nowMs + STRIDE_MS))) {
    const before = cluster.nowMs;
    cluster.runUntil(Math.min(limitMs, before + STRIDE_MS));
    if (cluster.nowMs >= limitMs) return false;
    if (performance.now() - toldMs < PROGRESS_MS) continue;
    toldMs = performance.now();
    progress(cluster.nowMs);
  }
  return true;
}

/** Components that have something to do still, and the commands that have not ended; each once, the next first. */
export function whatMoves(cluster: Cluster): readonly string[] {
  const components = cluster.pendingWork().map(({ component, what }) => `${component} (${what})`);
  return [...new Set([...cluster.runningLines.map((line) => `kubectl ${line}`), ...components])].slice(0, MOST_TOLD);
}

const MOST_TOLD = 8;
