import type { Cluster } from '../../../simulator/cluster.ts';
import type { ManifestFiles } from '../../../simulator/kubectl/command.ts';
import type { TrafficOrder } from '../../../simulator/network/traffic.ts';
import type { Manifest } from '../../../simulator/script/apply-order.ts';
import { componentsAtWork } from '../../../simulator/script/components-at-work.ts';
import { applyLines } from '../../../simulator/script/apply-order.ts';
import type { ScriptStep } from '../../../simulator/script/script.ts';

/** Applies the manifests as somebody with kubectl would; gives how many commands failed. */
export function applyManifests(cluster: Cluster, manifests: readonly Manifest[], say: (text: string) => void): number {
  let failures = 0;
  for (const { line, files } of applyLines(manifests)) {
    const token = cluster.kubectl(line, files);
    while (cluster.outcomeOf(token) === undefined) if (!cluster.step()) break;
    if (heard(cluster, token, say) !== 0) failures++;
  }
  return failures;
}

function heard(cluster: Cluster, token: string, say: (text: string) => void): number {
  // Who only reads on, as `logs -f`, is stopped by the end of the run, and has not failed.
  const progress = cluster.progressOf(token);
  const outcome = progress?.isFollowing === true ? { ...progress, exitCode: 0 } : cluster.outcomeOf(token);
  if (outcome !== undefined && outcome.stderr !== '') say(outcome.stderr.trimEnd());
  return outcome?.exitCode ?? 1;
}

/** What the steps of a script have begun. */
interface Played {
  /** Tokens of its commands. */
  readonly tokens: readonly string[];
  readonly requests: readonly { readonly token: string; readonly order: TrafficOrder }[];
}

/** Does the steps of a script, counted from now. */
export function playSteps(cluster: Cluster, steps: readonly ScriptStep[], files: ManifestFiles): Played {
  const beganMs = cluster.nowMs;
  const tokens: string[] = [];
  const requests: { token: string; order: TrafficOrder }[] = [];
  for (const step of steps) {
    cluster.runUntil(beganMs + step.atMs);
    if (step.type === 'kubectl') tokens.push(cluster.kubectl(step.line, files, step.edits));
    else if (step.type === 'lines')
      for (const { line, files: own } of step.lines) tokens.push(cluster.kubectl(line, own));
    else if (step.type === 'save') saveOpen(cluster, tokens, step.text);
    else if (step.type === 'interrupt') for (const token of tokens) cluster.interrupt(token);
    else if (step.type === 'apply') tokens.push(cluster.kubectl('apply -f -', { '-': [step.object] }));
    else if (step.type === 'fault') cluster.fault(step.order);
    else if (step.type === 'endRequests') cluster.endRequests(step.name);
    else requests.push({ token: cluster.send(step.order), order: step.order });
  }
  return { tokens, requests };
}

/** Saves the text that lies in an editor. */
function saveOpen(cluster: Cluster, tokens: readonly string[], text: string): void {
  const open = tokens.find((token) => cluster.textInEditor(token) !== undefined);
  if (open !== undefined) cluster.saveText(open, text);
}

/** How the requests of a script fared, an entry a step. */
export function requestResults(cluster: Cluster, requests: Played['requests']): readonly object[] {
  return requests.map(({ token, order: { from, to, port, path } }) => {
    const { sent = 0, ok = 0, slow = 0, dropped = 0, results = {}, latency } = cluster.trafficOf(token) ?? {};
    return { from, to, port, path, sent, ok, slow, dropped, results, ...(latency === undefined ? {} : { latency }) };
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
  const lines = new Set(cluster.runningLines.map((line) => `kubectl ${line}`));
  return [...lines, ...componentsAtWork(cluster)].slice(0, MOST_TOLD);
}

const MOST_TOLD = 8;
