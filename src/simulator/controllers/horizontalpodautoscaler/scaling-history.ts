import { numberAt, arrayAt } from '../../../base/json.ts';
import type { JsonValue } from '../../../base/json.ts';

/** What the controller remembers of one autoscaler from sync to sync; it is lost when the controller manager stops. */
export interface ScalingHistory {
  /** What metrics asked for, before it was held back. */
  readonly recommendations: readonly Recommendation[];
  readonly ups: readonly ScaleEvent[];
  readonly downs: readonly ScaleEvent[];
  /** The selector of its target, as text; undefined until it was read. */
  readonly selector?: string;
}

export interface Recommendation {
  readonly replicas: number;
  /** In milliseconds of the run. */
  readonly atMs: number;
}

export interface ScaleEvent {
  /** How many replicas came or went. */
  readonly change: number;
  readonly atMs: number;
}

export const NO_HISTORY: ScalingHistory = Object.freeze({ recommendations: [], ups: [], downs: [] });

/** How many replicas came or went within a span. Source: horizontal.go `getReplicasChangePerPeriod`, 1.36. */
export function changeWithin(events: readonly ScaleEvent[], spanMs: number, nowMs: number): number {
  return events.filter(({ atMs }) => atMs > nowMs - spanMs).reduce((sum, { change }) => sum + change, 0);
}

/** An entry added, in the place of the last one that is not needed any more. */
export function replacingLast<Entry>(
  entries: readonly Entry[],
  entry: Entry,
  isOld: (entry: Entry) => boolean,
): readonly Entry[] {
  const at = entries.findLastIndex(isOld);
  return at < 0 ? [...entries, entry] : entries.with(at, entry);
}

/** Keeps that the size was changed, where the autoscaler has rules. Source: horizontal.go `storeScaleEvent`, 1.36. */
export function withScaleEvent(
  history: ScalingHistory,
  behavior: JsonValue | undefined,
  before: number,
  after: number,
  nowMs: number,
): ScalingHistory {
  if (behavior === undefined) return history;
  const [field, rules] = after > before ? (['ups', 'scaleUp'] as const) : (['downs', 'scaleDown'] as const);
  const longestMs = Math.max(
    0,
    ...arrayAt(behavior, rules, 'policies').map((policy) => (numberAt(policy, 'periodSeconds') ?? 0) * 1000),
  );
  const event = { change: Math.abs(after - before), atMs: nowMs };
  return { ...history, [field]: replacingLast(history[field], event, ({ atMs }) => atMs < nowMs - longestMs) };
}
