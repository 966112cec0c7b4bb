import type { ComponentId } from '../component.ts';
import type { TraceDetail, TraceEntry } from './trace.ts';

/** Every entry has the same fields in the same order: they are made by the hundred thousand. */
export function traceEntry(
  detail: TraceDetail,
  seq: number,
  timeMs: number,
  from: ComponentId,
  to: ComponentId,
  cause: number,
  arrivesAtMs?: number,
  lostBecause?: string,
): TraceEntry {
  const { class: kind, verb, object, resourceVersion, opener, body, detail: more } = detail;
  return {
    seq,
    timeMs,
    arrivesAtMs,
    lostBecause,
    from,
    to,
    opener,
    class: kind,
    verb,
    object,
    resourceVersion,
    body,
    cause,
    detail: more,
  };
}
