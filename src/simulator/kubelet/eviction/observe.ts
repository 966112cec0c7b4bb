import type { PressureType, Signal, StarvedResource } from './signals.ts';
import { conditionOf, isMemorySignal, resourceOf } from './signals.ts';
import type { Threshold } from './thresholds.ts';
import { amountOf, isSameThreshold } from './thresholds.ts';

/** How much of a signal is left of how much. Bytes, inodes or processes; the moment in milliseconds of the run. */
export interface Observation {
  readonly available: number;
  readonly capacity: number;
  /** When it was measured; undefined where that is not known. */
  readonly atMs?: number;
}

export type Observations = Readonly<Partial<Record<Signal, Observation>>>;

/** Since when thresholds are met. */
export type FirstObserved = readonly { readonly threshold: Threshold; readonly atMs: number }[];

/** When conditions were last met. */
export type LastObserved = Readonly<Partial<Record<PressureType, number>>>;

/**
 * Thresholds that are crossed, whatever their grace period; with `isReclaiming` those that are not yet left behind by
 * their minimum reclaim. Source: pkg/kubelet/eviction/helpers.go `thresholdsMet`, 1.36.2.
 */
export function thresholdsMet(
  thresholds: readonly Threshold[],
  observations: Observations,
  isReclaiming: boolean,
): readonly Threshold[] {
  return thresholds.filter(({ signal, value, minReclaim }) => {
    const observed = observations[signal];
    if (observed === undefined) return false;
    const { available, capacity } = observed;
    const more = isReclaiming && minReclaim !== undefined ? amountOf(minReclaim, capacity) : 0;
    return amountOf(value, capacity) + more > available;
  });
}

/** Source: helpers.go `mergeThresholds`. */
export function mergeThresholds(a: readonly Threshold[], b: readonly Threshold[]): readonly Threshold[] {
  return [...a, ...b.filter((one) => !a.some((other) => isSameThreshold(one, other)))];
}

/** Thresholds of which anything newer is known than at the last look. Source: helpers.go `thresholdsUpdatedStats`. */
export function thresholdsUpdated(
  thresholds: readonly Threshold[],
  observations: Observations,
  last: Observations,
): readonly Threshold[] {
  return thresholds.filter(({ signal }) => {
    const [now, before] = [observations[signal], last[signal]];
    if (now === undefined) return false;
    return before === undefined || now.atMs === undefined || now.atMs > (before.atMs ?? -Infinity);
  });
}

/** Source: helpers.go `thresholdsFirstObservedAt`. */
export function firstObserved(thresholds: readonly Threshold[], last: FirstObserved, nowMs: number): FirstObserved {
  return thresholds.map((threshold) => {
    const before = last.find((one) => isSameThreshold(one.threshold, threshold));
    return { threshold, atMs: before?.atMs ?? nowMs };
  });
}

/** Source: helpers.go `thresholdsMetGracePeriod`. */
export function metGracePeriod(observed: FirstObserved, nowMs: number): readonly Threshold[] {
  return observed.flatMap(({ threshold, atMs }) => (nowMs - atMs < threshold.graceMs ? [] : [threshold]));
}

/** Source: helpers.go `nodeConditions`. */
export function conditionsOfThresholds(thresholds: readonly Threshold[]): readonly PressureType[] {
  return [...new Set(thresholds.flatMap(({ signal }) => conditionOf(signal) ?? []))];
}

/** Source: helpers.go `nodeConditionsLastObservedAt`. */
export function lastObserved(conditions: readonly PressureType[], last: LastObserved, nowMs: number): LastObserved {
  return { ...last, ...Object.fromEntries(conditions.map((condition) => [condition, nowMs])) };
}

const PRESSURES: readonly PressureType[] = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** A condition is left only when it has not been met for a while. Source: helpers.go `nodeConditionsObservedSince`. */
export function observedSince(last: LastObserved, periodMs: number, nowMs: number): readonly PressureType[] {
  return PRESSURES.filter((condition) => nowMs - (last[condition] ?? -Infinity) < periodMs);
}

/**
 * Memory before all else, what cannot be reclaimed last. Upstream's comparison says of two that are alike that each comes
 * first, and the insertion sort of Go turns them round: of several for memory the last is reclaimed.
 * Source: helpers.go `byEvictionPriority`.
 */
export function byEvictionPriority<Some extends { readonly signal: string }>(
  thresholds: readonly Some[],
): readonly Some[] {
  const memory = thresholds.filter(({ signal }) => isMemorySignal(signal));
  const others = thresholds.filter(({ signal }) => !isMemorySignal(signal));
  const known = others.filter(({ signal }) => resourceOf(signal) !== undefined);
  const unknown = others.filter(({ signal }) => resourceOf(signal) === undefined);
  return [...memory.toReversed(), ...known, ...unknown.toReversed()];
}

/** Source: helpers.go `getReclaimableThreshold`. */
export function reclaimable<Some extends { readonly signal: string }>(
  thresholds: readonly Some[],
): { readonly threshold: Some; readonly resource: StarvedResource } | undefined {
  for (const threshold of thresholds) {
    const resource = resourceOf(threshold.signal);
    if (resource !== undefined) return { threshold, resource };
  }
  return undefined;
}

/** What a kubelet remembers from look to look. Never changes. */
export interface Pressure {
  readonly first: FirstObserved;
  readonly lastConditions: LastObserved;
  /** Conditions that hold. */
  readonly conditions: readonly PressureType[];
  /** Thresholds that are met, their grace periods over. */
  readonly met: readonly Threshold[];
  readonly observations: Observations;
}

export const NO_PRESSURE: Pressure = Object.freeze({
  first: [],
  lastConditions: {},
  conditions: [],
  met: [],
  observations: {},
});

/**
 * One look: what is remembered after it, and the thresholds for which something has to be done, the most urgent first.
 * Source: pkg/kubelet/eviction/eviction_manager.go `synchronize`, 1.36.2.
 */
export function look(
  before: Pressure,
  thresholds: readonly Threshold[],
  observations: Observations,
  transitionMs: number,
  nowMs: number,
): { readonly pressure: Pressure; readonly starved: readonly Threshold[] } {
  const met = mergeThresholds(
    thresholdsMet(thresholds, observations, false),
    thresholdsMet(before.met, observations, true),
  );
  const first = firstObserved(met, before.first, nowMs);
  const lastConditions = lastObserved(conditionsOfThresholds(met), before.lastConditions, nowMs);
  const conditions = observedSince(lastConditions, transitionMs, nowMs);
  const due = metGracePeriod(first, nowMs);
  const starved = byEvictionPriority(thresholdsUpdated(due, observations, before.observations));
  const pressure = Object.freeze({ first, lastConditions, conditions, met: due, observations });
  return { pressure, starved };
}
