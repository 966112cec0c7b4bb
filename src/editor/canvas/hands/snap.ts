import type { Box } from '../geometry.ts';

/** A line that shows to what something was snapped, in the coordinates of the boxes. */
export interface Guide {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

interface Snapped {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

const NOTHING: Snapped = { dx: 0, dy: 0, guides: [] };

/** How a moving box has to be shifted so that an edge or its middle lies on that of another, where one is near. */
export function snapTo(moving: Box, others: readonly Box[], reach: number): Snapped {
  const x = nearest(moving, others, reach, 'x');
  const y = nearest(moving, others, reach, 'y');
  if (!x && !y) return NOTHING;
  const shifted = { ...moving, x: moving.x + (x?.shift ?? 0), y: moving.y + (y?.shift ?? 0) };
  const guides = [
    ...(x ? [guideOf('x', x.line, shifted, others)] : []),
    ...(y ? [guideOf('y', y.line, shifted, others)] : []),
  ];
  return { dx: x?.shift ?? 0, dy: y?.shift ?? 0, guides };
}

/** Rounds a place to a grid. */
export function snapToGrid({ x, y }: Box, step: number): { readonly dx: number; readonly dy: number } {
  return { dx: Math.round(x / step) * step - x, dy: Math.round(y / step) * step - y };
}

function linesOf(box: Box, axis: 'x' | 'y'): readonly [number, number, number] {
  const [start, size] = axis === 'x' ? [box.x, box.width] : [box.y, box.height];
  return [start, start + size / 2, start + size];
}

function nearest(
  moving: Box,
  others: readonly Box[],
  reach: number,
  axis: 'x' | 'y',
): { readonly shift: number; readonly line: number } | undefined {
  let best: { shift: number; line: number } | undefined;
  for (const line of others.flatMap((other) => linesOf(other, axis))) {
    for (const own of linesOf(moving, axis)) {
      const shift = line - own;
      if (Math.abs(shift) <= reach && Math.abs(shift) < Math.abs(best?.shift ?? Infinity)) best = { shift, line };
    }
  }
  return best;
}

/** From the first to the last of the boxes that lie on the line. */
function guideOf(axis: 'x' | 'y', at: number, moving: Box, others: readonly Box[]): Guide {
  const on = [moving, ...others].filter((box) => linesOf(box, axis).some((line) => Math.abs(line - at) < 0.5));
  const along = axis === 'x' ? 'y' : 'x';
  const ends = on.flatMap((box) => {
    const [start, , end] = linesOf(box, along);
    return [start, end];
  });
  return { axis, at, from: Math.min(...ends), to: Math.max(...ends) };
}
