import { differenceOf } from '../base/difference.ts';
import type { Design } from '../design/design.ts';
import type { DesignChange, MapChange } from './protocol.ts';

/** What one design has that the other has not. */
export function designChange(from: Design, to: Design): DesignChange {
  return {
    files: mapChange(from.files, to.files),
    segments: mapChange(from.segments, to.segments, false),
    records: mapChange(from.records, to.records),
    ...(from.placements === to.placements ? {} : { placements: to.placements }),
  };
}

/** The design after a change. Names of records given elsewhere are not counted here: `nextId` stays. */
export function applyDesignChange(design: Design, change: DesignChange): Design {
  return {
    files: applyMapChange(design.files, change.files),
    segments: applyMapChange(design.segments, change.segments),
    records: applyMapChange(design.records, change.records),
    placements: change.placements ?? design.placements,
    nextId: design.nextId,
  };
}

/** Records or segments in one message; more would hold the page up while they are copied for the other thread. */
const PART_SIZE = 400;

/** Cuts a change into parts that are small; applied one after another they are the whole. */
export function* changeParts(change: DesignChange): Generator<DesignChange, DesignChange> {
  const [segments, records] = [change.segments.set, change.records.set];
  if (segments.length + records.length <= PART_SIZE) return change;
  for (let start = 0; start < Math.max(segments.length, records.length); start += PART_SIZE) {
    yield {
      files: NO_CHANGE,
      segments: { set: segments.slice(start, start + PART_SIZE), removed: [] },
      records: { set: records.slice(start, start + PART_SIZE), removed: [] },
    };
  }
  return { ...change, segments: { ...change.segments, set: [] }, records: { ...change.records, set: [] } };
}

const NO_CHANGE = { set: [], removed: [] } as const;

function mapChange<Value>(
  from: ReadonlyMap<string, Value>,
  to: ReadonlyMap<string, Value>,
  ordered = true,
): MapChange<Value> {
  if (from === to) return NO_CHANGE;
  const { added, updated, removed } = differenceOf(from, to);
  const set = [...updated].map(([key, [, value]]) => [key, value] as const);
  const change: MapChange<Value> = { set: [...set, ...added], removed: [...removed.keys()] };
  return ordered && !keepsOrder(from, to, added) ? { ...change, order: [...to.keys()] } : change;
}

/** Whether what stays comes first and in the order it had, and what is new last. */
function keepsOrder(
  from: ReadonlyMap<string, unknown>,
  to: ReadonlyMap<string, unknown>,
  added: ReadonlyMap<string, unknown>,
): boolean {
  if (added.size === 0 && from.size === to.size) return true;
  const expected = [...from.keys()].filter((key) => to.has(key));
  let place = 0;
  for (const key of to.keys()) {
    if (place < expected.length && key !== expected[place]) return false;
    place++;
  }
  return true;
}

function applyMapChange<Value>(
  from: ReadonlyMap<string, Value>,
  { set, removed, order }: MapChange<Value>,
): ReadonlyMap<string, Value> {
  if (set.length === 0 && removed.length === 0) return from;
  const next = new Map(from);
  for (const key of removed) next.delete(key);
  for (const [key, value] of set) next.set(key, value);
  return order ? new Map(order.map((key) => [key, next.get(key)!])) : next;
}
