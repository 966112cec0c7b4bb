import { numberAt } from '../../../base/json.ts';
import type { Context } from '../../component.ts';
import { activePods } from '../active-pods.ts';
import { deleteUnusedImages } from '../image-gc/image-gc.ts';
import { setSync, tellOfNode } from '../node-status.ts';
import type { PodRecord } from '../pod-record.ts';
import type { ContainerStats } from '../runtime/container-stats.ts';
import type { KubeletState } from '../state.ts';
import { evict } from './evict.ts';
import { dependsOnRequests, nextChangeMs, setPressureLook } from './look.ts';
import { evictionWords } from './message.ts';
import { capacitiesOf, imageBytes, observationsOf } from './node-resources.ts';
import type { Observations } from './observe.ts';
import { look, reclaimable, thresholdsMet } from './observe.ts';
import type { PodUsage } from './rank.ts';
import { rankFor } from './rank.ts';
import { thresholdsOf } from './settings.ts';
import type { Threshold } from './thresholds.ts';
import { isHard } from './thresholds.ts';
import { overItsLimit } from './storage-limits.ts';

/**
 * What the containers use is known: the Node's conditions follow, and a Pod ends where that is too much.
 * Source: pkg/kubelet/eviction/eviction_manager.go `synchronize`, 1.36.2.
 */
export function pressureMeasured(state: KubeletState, stats: readonly ContainerStats[], context: Context): void {
  const { eviction } = context.numbers.kubelet;
  const usages = usagesOf(stats);
  const observations = observe(state, stats, context);
  const before = state.pressure;
  const { pressure, starved } = look(
    before,
    thresholdsOf(eviction),
    observations,
    eviction.transitionMs,
    context.nowMs,
  );
  state.pressure = pressure;
  if (pressure.conditions.join() !== before.conditions.join()) setSync(state, context);
  const isEvicting = evictOverLimit(state, usages, context) || relieve(state, starved, usages, stats, context);
  if (!isEvicting) lookAgain(state, before.first.length === pressure.first.length, context);
}

/** Whether, and when, the next look can find anything else. */
function lookAgain(state: KubeletState, isSame: boolean, context: Context): void {
  const { first, conditions } = state.pressure;
  const changeMs = nextChangeMs(state, context.nowMs);
  if (first.length > 0 || conditions.length > 0)
    // Where the Node stays short and nobody can be ended, nothing changes any more.
    return setPressureLook(state, context.nowMs, context, {
      periodic: isSame && first.length > 0 && changeMs === undefined,
    });
  if (dependsOnRequests(state)) return setPressureLook(state, context.nowMs, context, { periodic: true });
  if (changeMs !== undefined) setPressureLook(state, changeMs, context);
}

function usagesOf(stats: readonly ContainerStats[]): ReadonlyMap<string, PodUsage> {
  const found = new Map<string, PodUsage>();
  for (const { podUid, name, memoryBytes, storageBytes } of stats) {
    const before = found.get(podUid);
    const container = { name, memoryBytes, root: { bytes: storageBytes }, logs: { bytes: 0 } };
    const containers = [...(before?.containers ?? []), container];
    found.set(podUid, { memoryBytes: (before?.memoryBytes ?? 0) + memoryBytes, containers });
  }
  return found;
}

function observe(state: KubeletState, stats: readonly ContainerStats[], context: Context): Observations {
  const capacities = capacitiesOf(state, thresholdsOf(context.numbers.kubelet.eviction));
  const memoryBytes = stats.reduce((sum, one) => sum + one.memoryBytes, 0);
  const diskBytes = stats.reduce((sum, one) => sum + one.storageBytes, imageBytes(state) + state.foreignDiskBytes);
  return observationsOf(capacities, { memoryBytes, diskBytes }, context.nowMs);
}

/** Pods that have written more than they may are ended, whatever the Node has left. Source: `localStorageEviction`. */
function evictOverLimit(state: KubeletState, usages: ReadonlyMap<string, PodUsage>, context: Context): boolean {
  const graceSeconds = context.numbers.kubelet.eviction.hardGraceSeconds;
  let isAny = false;
  for (const record of activePods(state)) {
    const message = record.evicted === undefined ? overItsLimit(record.pod, usages.get(record.uid)) : undefined;
    if (message === undefined) continue;
    if (evict(state, record, { message, graceSeconds, isDisruption: false }, context)) isAny = true;
  }
  return isAny;
}

/** What belongs to nobody goes first, then the Pod that is first in rank; true where one ends. */
function relieve(
  state: KubeletState,
  starved: readonly Threshold[],
  usages: ReadonlyMap<string, PodUsage>,
  stats: readonly ContainerStats[],
  context: Context,
): boolean {
  const found = reclaimable(starved);
  if (found === undefined) return false;
  const { threshold, resource } = found;
  tellOfNode(state, 'Warning', 'EvictionThresholdMet', `Attempting to reclaim ${resource}`, context);
  if (resource === 'ephemeral-storage' && isRelievedByImages(state, stats, context)) return false;
  const records = activePods(state);
  const byPod = new Map(records.map((record) => [record.pod, record]));
  const usageOf = (pod: PodRecord['pod']): PodUsage | undefined => usages.get(byPod.get(pod)?.uid ?? '');
  const ranked = rankFor(threshold.signal, [...byPod.keys()], usageOf);
  const { hardGraceSeconds, maxSoftGraceSeconds } = context.numbers.kubelet.eviction;
  for (const pod of ranked) {
    const asked = numberAt(pod, 'spec', 'terminationGracePeriodSeconds') ?? Infinity;
    const graceSeconds = isHard(threshold) ? hardGraceSeconds : Math.min(maxSoftGraceSeconds, asked);
    const { message } = evictionWords(resource, pod, usageOf(pod), starved, state.pressure.observations);
    if (evict(state, byPod.get(pod)!, { message, graceSeconds, isDisruption: true }, context)) return true;
  }
  return false;
}

/** Whether it is enough to take images away that nobody uses. Source: `reclaimNodeLevelResources`. */
function isRelievedByImages(state: KubeletState, stats: readonly ContainerStats[], context: Context): boolean {
  deleteUnusedImages(state, context);
  const thresholds = thresholdsOf(context.numbers.kubelet.eviction);
  return thresholdsMet(thresholds, observe(state, stats, context), true).length === 0;
}
