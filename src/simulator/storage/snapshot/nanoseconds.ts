import type { JsonValue } from '../../../base/json.ts';
import { RUN_BEGINS_MS, timeOf } from '../../kernel/clock.ts';

const NANOS = 1_000_000;

/** A moment of the run as contents of snapshots have it: nanoseconds since 1970. */
export function nanosOf(nowMs: number): number {
  return (RUN_BEGINS_MS + Math.trunc(nowMs)) * NANOS;
}

/** The `metav1.Time` of such a moment; undefined where it is none. */
export function timeOfNanos(nanos: JsonValue | undefined): string | undefined {
  // Larger than what a number holds exactly: a client may have written it in full.
  if (typeof nanos !== 'bigint' && typeof nanos !== 'number') return undefined;
  return timeOf(Math.round(Number(nanos) / NANOS) - RUN_BEGINS_MS);
}
