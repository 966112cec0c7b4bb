import type { Point, SceneEdge } from '../../scene/scene.ts';
import { bezierAt, controls } from './edge-line.ts';
import type { Ends } from './edge-line.ts';
import { centerOf, OUTWARD, pointOn } from './geometry.ts';
import type { Box, BoxGrid, Side } from './geometry.ts';

export interface Ending {
  readonly edge: SceneEdge;
  readonly from: Box;
  readonly to: Box;
}

export interface Planned extends Ends, Ending {}

/** Side pairs in the order they are tried: the reading direction first. */
const SIDES: readonly Ends[] = [
  { start: 'right', end: 'left' },
  { start: 'bottom', end: 'top' },
  { start: 'left', end: 'right' },
  { start: 'top', end: 'bottom' },
  { start: 'right', end: 'top' },
  { start: 'right', end: 'bottom' },
  { start: 'bottom', end: 'left' },
  { start: 'top', end: 'left' },
  { start: 'bottom', end: 'right' },
  { start: 'left', end: 'top' },
  { start: 'right', end: 'right' },
  { start: 'bottom', end: 'bottom' },
  { start: 'left', end: 'left' },
  { start: 'top', end: 'top' },
];

export function chooseSides(from: Box, to: Box, own: readonly string[], cards: BoxGrid): Ends {
  let best: Ends = SIDES[0]!;
  let least = Infinity;
  for (const [order, ends] of SIDES.entries()) {
    const a = pointOn(from, ends.start, 0.5);
    const b = pointOn(to, ends.end, 0.5);
    const bezier = controls(a, ends.start, b, ends.end);
    const cost =
      Math.hypot(b.x - a.x, b.y - a.y) + order * 6 + turning(a, b, ends) + 900 * crossings(a, bezier, b, own, cards);
    if (cost < least) [best, least] = [ends, cost];
  }
  return best;
}

function away(out: Point, from: Point, to: Point): number {
  return out.x * (to.x - from.x) + out.y * (to.y - from.y);
}

/** How much an edge has to turn back on itself: leaving to the right for a target on the left costs. */
function turning(a: Point, b: Point, { start, end }: Ends): number {
  return Math.max(0, 40 - away(OUTWARD[start], a, b)) * 2 + Math.max(0, 40 - away(OUTWARD[end], b, a)) * 2;
}

const SAMPLES = [0.08, 0.16, 0.25, 0.33, 0.42, 0.5, 0.58, 0.67, 0.75, 0.84, 0.92] as const;

function crossings(
  a: Point,
  [c, d]: readonly [Point, Point],
  b: Point,
  own: readonly string[],
  cards: BoxGrid,
): number {
  let count = 0;
  for (const t of SAMPLES) {
    const point = bezierAt(a, c, d, b, t);
    const except = t < 0.1 || t > 0.9 ? own : [];
    if (cards.covers(point, except, 4)) count++;
  }
  return count;
}

/** Shares each side of a card among the edges that use it, in the order of what is at their other end. */
export function slotsOf(planned: readonly Planned[]): ReadonlyMap<string, [number, number]> {
  const slots = new Map<string, [number, number]>(planned.map(({ edge }) => [edge.id, [0.5, 0.5]]));
  const users = new Map<string, { readonly id: string; readonly end: 0 | 1; readonly order: number }[]>();
  const claim = (card: string, side: Side, id: string, end: 0 | 1, other: Box) => {
    const key = `${card} ${side}`;
    const center = centerOf(other);
    const order = side === 'left' || side === 'right' ? center.y : center.x;
    const list = users.get(key);
    if (list) list.push({ id, end, order });
    else users.set(key, [{ id, end, order }]);
  };
  for (const { edge, start, end, from, to } of planned) {
    claim(edge.from, start, edge.id, 0, to);
    claim(edge.to, end, edge.id, 1, from);
  }
  for (const list of users.values()) {
    list.sort((a, b) => a.order - b.order);
    list.forEach(({ id, end }, index) => (slots.get(id)![end] = (index + 1) / (list.length + 1)));
  }
  return slots;
}
