import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../apimachinery/object.ts';
import { conditionsOf, findCondition } from '../apimachinery/conditions.ts';
import { arrayAt, numberAt, stringAt } from '../base/json.ts';
import { isReady, phaseOf } from '../simulator/controllers/workload/pod-state.ts';
import type { PriceList } from '../simulator/script/prices.ts';
import type { Played } from '../workspace/simulation/play/play-script.ts';
import { APPLY_AT_MS } from '../workspace/simulation/play/play-script.ts';
import { costOf } from './cost.ts';
import type { Fit } from './least-nodes.ts';
import type { TrialRow } from './row.ts';

export type Measured = Omit<TrialRow, 'index' | 'seed' | 'values' | 'least'>;

/** What is told of a run that is over. */
export function measure({ cluster, settled, failed, requests }: Played, prices: PriceList | undefined): Measured {
  const objects = cluster.objects();
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  const counts = requests.flatMap(({ token }) => cluster.trafficOf(token) ?? []);
  const answered = counts.flatMap(({ latency }) => (latency === undefined ? [] : [latency.p99]));
  const cost = prices === undefined ? undefined : costOf(objects, prices);
  return {
    settled,
    settleMs: Math.max(0, cluster.quietSinceMs - APPLY_AT_MS),
    nodes: objects.filter(({ kind }) => kind === 'Node').length,
    readyPods: pods.filter(isReady).length,
    pendingPods: pods.filter((pod) => phaseOf(pod) === 'Pending').length,
    failedPods: pods.filter((pod) => phaseOf(pod) === 'Failed').length,
    restarts: sum(pods.map(restartsOf)),
    requests: sum(counts.map(({ sent }) => sent)),
    slow: sum(counts.map(({ slow }) => slow)),
    dropped: sum(counts.map(({ sent, ok, waiting }) => sent - ok - waiting)),
    p99Ms: answered.length === 0 ? null : Math.max(...answered),
    costPerHour: cost?.perHour ?? null,
    unpricedNodes: cost?.unpricedNodes ?? 0,
    failedCommands: failed,
    steps: cluster.trace.length,
    traceHash: cluster.trace.digest,
  };
}

/** Whether every Pod runs, or has done its work; if not, the first that does not, and why. */
export function whetherAllRun(objects: readonly KubernetesObject[]): Omit<Fit<never>, 'tried'> {
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  const waiting = pods.filter((pod) => !['Running', 'Succeeded'].includes(phaseOf(pod)));
  const nodeless = waiting.find((pod) => findCondition(conditionsOf(pod), 'PodScheduled')?.status === 'False');
  const first = nodeless ?? waiting[0];
  const because =
    first === undefined ? undefined : `Pod ${namespaceOf(first) ?? ''}/${nameOf(first)}: ${whyNot(first)}`;
  return { because, wantsNodes: nodeless !== undefined };
}

function whyNot(pod: KubernetesObject): string {
  const scheduled = findCondition(conditionsOf(pod), 'PodScheduled');
  if (scheduled?.status === 'False') return stringAt(scheduled, 'message') ?? 'Unschedulable';
  const waiting = arrayAt(pod, 'status', 'containerStatuses')
    .map((status) => stringAt(status, 'state', 'waiting', 'reason'))
    .find((reason) => reason !== undefined);
  return waiting ?? stringAt(pod, 'status', 'message') ?? (phaseOf(pod) || 'Pending');
}

function restartsOf(pod: KubernetesObject): number {
  return sum(arrayAt(pod, 'status', 'containerStatuses').map((status) => numberAt(status, 'restartCount') ?? 0));
}

function sum(of: readonly number[]): number {
  return of.reduce((total, count) => total + count, 0);
}
