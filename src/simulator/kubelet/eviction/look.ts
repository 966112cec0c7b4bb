import { quantityOf, valueOf } from '../../../apimachinery/quantity.ts';
import { valueAt } from '../../../base/json.ts';
import type { Usage } from '../../behaviour/behaviour.ts';
import { IDLE_MEMORY, usedAt } from '../../behaviour/usage.ts';
import type { Context } from '../../component.ts';
import type { RuntimeContainer } from '../pod-runtime.ts';
import type { KubeletState } from '../state.ts';
import { callRuntime } from '../state.ts';
import { capacitiesOf, imageBytes, observationsOf } from './node-resources.ts';
import { thresholdsMet } from './observe.ts';
import { thresholdsOf } from './settings.ts';

/** Name of the timer with which a Node is looked at that may run short. Its data is the moment. */
export const PRESSURE = 'node-pressure';

/**
 * Something has changed on the Node. A kubelet looks every ten seconds; looks that could find nothing, because all that
 * runs together never uses so much, are left out.
 * Source: pkg/kubelet/eviction/eviction_manager.go `Start`, 1.36.2.
 */
export function considerPressure(state: KubeletState, context: Context): void {
  if (couldBeShort(state, context)) setPressureLook(state, context.nowMs, context);
}

/** The next look is at the first tick after a moment, unless one is set before. */
export function setPressureLook(
  state: KubeletState,
  fromMs: number,
  context: Context,
  options: { readonly periodic?: boolean } = {},
): void {
  const { monitorMs } = context.numbers.kubelet.eviction;
  const dueMs = fromMs + monitorMs - (fromMs % monitorMs);
  if (state.pressureLookMs !== undefined && state.pressureLookMs <= dueMs) return;
  state.pressureLookMs = dueMs;
  context.timer(dueMs - context.nowMs, PRESSURE, dueMs, options);
}

/** What the containers use is asked of the runtime. */
export function lookForPressure(state: KubeletState, dueMs: number, context: Context): void {
  if (state.pressureLookMs !== dueMs) return;
  state.pressureLookMs = undefined;
  measure(state, context);
}

export function measure(state: KubeletState, context: Context): void {
  // While a Pod ends for the others, nobody looks.
  if (state.evicting === undefined) callRuntime(state, { uid: '' }, 'ListContainerStats', {}, context);
}

/** The running containers of the Node's Pods. */
export function runningContainers({ records }: KubeletState): readonly RuntimeContainer[] {
  return [...records.values()].flatMap(({ runtime }) => runtime.containers.filter(({ state }) => state === 'running'));
}

/** Whether the Node would be short of something if every container used the most that it ever will. */
function couldBeShort(state: KubeletState, context: Context): boolean {
  const thresholds = thresholdsOf(context.numbers.kubelet.eviction);
  const capacities = capacitiesOf(state, thresholds);
  let memoryBytes = 0;
  let diskBytes = imageBytes(state) + state.foreignDiskBytes;
  // Without lists: this is asked whenever a container changes.
  for (const { runtime } of state.records.values())
    for (const container of runtime.containers) {
      if (container.state !== 'running') continue;
      const { behaviour, startedAtMs } = container;
      const ageMs = context.nowMs - startedAtMs;
      memoryBytes += Math.min(mostOf(behaviour.memoryBytes ?? IDLE_MEMORY, ageMs), memoryLimit(container));
      if (behaviour.storageBytes !== undefined) diskBytes += mostOf(behaviour.storageBytes, ageMs);
    }
  return (
    thresholdsMet(thresholds, observationsOf(capacities, { memoryBytes, diskBytes }, context.nowMs), false).length > 0
  );
}

/** The most that is used from an age on; what requests use has no bound. */
function mostOf(usage: Usage, ageMs: number): number {
  if (usage.perRequest !== undefined) return Infinity;
  let most = usedAt(usage, ageMs);
  for (const { fromMs, value } of usage.steps) if (fromMs > ageMs && value > most) most = value;
  return most;
}

function memoryLimit({ resources }: RuntimeContainer): number {
  const limit = quantityOf(valueAt(resources, 'limits', 'memory'));
  return limit === undefined ? Infinity : Number(valueOf(limit));
}

/** When the use of any container changes next by itself, in milliseconds of the run; undefined for never. */
export function nextChangeMs(state: KubeletState, nowMs: number): number | undefined {
  const moments = runningContainers(state).flatMap(({ behaviour, startedAtMs }) =>
    [behaviour.memoryBytes, behaviour.storageBytes].flatMap((usage) =>
      (usage?.steps ?? []).map(({ fromMs }) => startedAtMs + fromMs).filter((atMs) => atMs > nowMs),
    ),
  );
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** Whether requests decide how much is used. */
export function dependsOnRequests(state: KubeletState): boolean {
  return runningContainers(state).some(({ behaviour }) => behaviour.memoryBytes?.perRequest !== undefined);
}
