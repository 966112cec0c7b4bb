/** A part of a range that is left to those who ask for a place of it by name. */
export interface ReservedPart {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/**
 * Source: pkg/registry/core/service/ipallocator/bitmap.go and portallocator/allocator.go, `calculateRangeOffset`, 1.36:
 * min(max(least, size / step), most), and nothing of a range that is no larger than the least.
 */
export function reservedSize(size: number, { least, most, step }: ReservedPart): number {
  return size <= least ? 0 : Math.min(Math.max(least, Math.trunc(size / step)), most);
}

/** Chance: an integer from `least` to `most`, both included. */
export type Pick = (least: number, most: number) => number;

/**
 * A free place of a range: from somewhere in the part that is not reserved, onwards and around; only when that is full, the
 * same in the reserved one. Undefined where all is taken.
 * Source: ipallocator.go `allocateNextService` and allocator/bitmap.go `randomScanStrategyWithOffset`, 1.36.
 */
export function nextFree(
  size: number,
  reserved: number,
  pick: Pick,
  isTaken: (place: number) => boolean,
): number | undefined {
  return freeBetween(reserved, size, pick, isTaken) ?? freeBetween(0, reserved, pick, isTaken);
}

/** From `first` on, below `end`. */
function freeBetween(first: number, end: number, pick: Pick, isTaken: (place: number) => boolean): number | undefined {
  const count = end - first;
  if (count <= 0) return undefined;
  for (const place of around(first, count, pick(0, count - 1))) if (!isTaken(place)) return place;
  return undefined;
}

/** All places of a range, each once, beginning at an offset. Source: ipallocator.go `ipIterator`, 1.36. */
export function* around(first: number, count: number, offset: number): Generator<number> {
  const start = offset < count ? offset : 0;
  for (let step = 0; step < count; step++) yield first + ((start + step) % count);
}
