/** A cost or a size: the least and the most. Numbers end at `MOST`, as Go's uint64 do here. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export const MOST = 2 ** 64;
export const UNKNOWN: Range = { min: 0, max: MOST };
export const NONE: Range = { min: 0, max: 0 };
export const ONE: Range = { min: 1, max: 1 };

const capped = (value: number): number => Math.min(value, MOST);

export const fixed = (value: number): Range => ({ min: value, max: value });
export const add = (...all: readonly Range[]): Range => ({
  min: capped(all.reduce((sum, { min }) => sum + min, 0)),
  max: capped(all.reduce((sum, { max }) => sum + max, 0)),
});
export const multiply = (a: Range, b: Range): Range => ({ min: capped(a.min * b.min), max: capped(a.max * b.max) });
/** Times a factor, rounded up. */
export const scale = ({ min, max }: Range, factor: number): Range => ({
  min: capped(Math.ceil(min * factor)),
  max: capped(Math.ceil(max * factor)),
});
export const union = (a: Range, b: Range): Range => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) });
