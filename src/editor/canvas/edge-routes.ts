import type { Point, Scene, SceneEdge } from '../../scene/scene.ts';
import { BoxGrid, cardBoxes, centerOf, OUTWARD, pointOn } from './geometry.ts';
import type { Box, Side } from './geometry.ts';

/** Where an edge runs: SVG path, head, and the place of its label; absolute canvas units. */
export interface Route {
  readonly path: string;
  /** SVG path of the arrow head, its tip on the target's side. */
  readonly head: string;
  readonly label: Point;
  /** The label would lie on a card or another label: shown only when the edge is looked at. */
  readonly labelHidden: boolean;
  /** The boxes it was made for; when a card is being dragged the route is made anew. */
  readonly from: Box;
  readonly to: Box;
}

/** Free space between an edge's end and the first bend, in canvas units. */
const HEAD_LENGTH = 8;
const HEAD_WIDTH = 4;
const CORNER = 8;

interface Ends {
  readonly start: Side;
  readonly end: Side;
}

interface Planned extends Ends {
  readonly edge: SceneEdge;
  readonly from: Box;
  readonly to: Box;
}

/** Routes every edge of a scene. Edges with bends keep them; the others leave and enter where they cross fewest cards. */
export function routeEdges(scene: Scene): ReadonlyMap<string, Route> {
  const boxes = cardBoxes(scene);
  const cards = new BoxGrid();
  for (const [id, box] of boxes) cards.add(id, box);
  const routes = new Map<string, Route>();
  const labels = new BoxGrid();
  const planned: Planned[] = [];
  for (const edge of scene.edges) {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to) continue;
    if (edge.points.length >= 2) {
      routes.set(edge.id, placeLabel(edge, polylineRoute(from, to, edge.points), cards, labels));
    } else planned.push({ edge, from, to, ...chooseSides(from, to, [edge.from, edge.to], cards) });
  }
  const slots = slotsOf(planned);
  for (const plan of planned) {
    const [startAt, endAt] = slots.get(plan.edge.id)!;
    const curve = curveRoute(plan.from, plan.to, plan, startAt, endAt);
    routes.set(plan.edge.id, placeLabel(plan.edge, curve, cards, labels));
  }
  return routes;
}

/** The route of one edge while a card at one of its ends is being moved. */
export function liveRoute(from: Box, to: Box): Route {
  const { start, end } = chooseSides(from, to, [], new BoxGrid());
  const { points: _points, ...route } = curveRoute(from, to, { start, end }, 0.5, 0.5);
  return { ...route, labelHidden: false };
}

interface Drawn extends Omit<Route, 'labelHidden'> {
  /** Places along the edge where the label may stand, best first. */
  readonly points: readonly Point[];
}

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

function chooseSides(from: Box, to: Box, own: readonly string[], cards: BoxGrid): Ends {
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

function controls(a: Point, start: Side, b: Point, end: Side): readonly [Point, Point] {
  const reach = Math.min(140, Math.max(24, Math.hypot(b.x - a.x, b.y - a.y) * 0.42));
  const out = OUTWARD[start];
  const into = OUTWARD[end];
  return [
    { x: a.x + out.x * reach, y: a.y + out.y * reach },
    { x: b.x + into.x * reach, y: b.y + into.y * reach },
  ];
}

function bezierAt(a: Point, c: Point, d: Point, b: Point, t: number): Point {
  const u = 1 - t;
  const at = (p: number, q: number, r: number, s: number) =>
    u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
  return { x: at(a.x, c.x, d.x, b.x), y: at(a.y, c.y, d.y, b.y) };
}

/** Shares each side of a card among the edges that use it, in the order of what is at their other end. */
function slotsOf(planned: readonly Planned[]): ReadonlyMap<string, [number, number]> {
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

function curveRoute(from: Box, to: Box, { start, end }: Ends, startAt: number, endAt: number): Drawn {
  const a = pointOn(from, start, startAt);
  const tip = pointOn(to, end, endAt);
  const into = OUTWARD[end];
  const b = { x: tip.x + into.x * HEAD_LENGTH, y: tip.y + into.y * HEAD_LENGTH };
  const [c, d] = controls(a, start, b, end);
  return {
    path: `M${xy(a)}C${xy(c)} ${xy(d)} ${xy(b)}`,
    head: headAt(tip, into),
    label: bezierAt(a, c, d, b, 0.5),
    points: [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((t) => bezierAt(a, c, d, b, t)),
    from,
    to,
  };
}

/** An edge along given bends, with rounded corners; its ends are taken to the sides of the cards. */
function polylineRoute(from: Box, to: Box, bends: readonly Point[]): Drawn {
  const points = [...bends];
  const last = points.length - 1;
  points[0] = onBorder(from, points[0]!, points[1]!);
  points[last] = onBorder(to, points[last]!, points[last - 1]!);
  const tip = points[last]!;
  const before = points[last - 1]!;
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const back = { x: (before.x - tip.x) / length, y: (before.y - tip.y) / length };
  points[last] = {
    x: tip.x + back.x * Math.min(HEAD_LENGTH, length),
    y: tip.y + back.y * Math.min(HEAD_LENGTH, length),
  };
  return { path: rounded(points), head: headAt(tip, back), label: tip, points: labelPlaces(points), from, to };
}

/** The point moved to the nearest side of the box when it lies off it. */
function onBorder(box: Box, point: Point, next: Point): Point {
  const x = Math.min(Math.max(point.x, box.x), box.x + box.width);
  const y = Math.min(Math.max(point.y, box.y), box.y + box.height);
  const inside = x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1;
  if (!inside) return { x, y };
  const horizontal = Math.abs(next.x - point.x) >= Math.abs(next.y - point.y);
  if (horizontal) return { x: next.x >= point.x ? box.x + box.width : box.x, y };
  return { x, y: next.y >= point.y ? box.y + box.height : box.y };
}

function rounded(points: readonly Point[]): string {
  let path = `M${xy(points[0]!)}`;
  for (let at = 1; at < points.length - 1; at++) {
    const [before, corner, after] = [points[at - 1]!, points[at]!, points[at + 1]!];
    path += `L${xy(towards(corner, before))}Q${xy(corner)} ${xy(towards(corner, after))}`;
  }
  return `${path}L${xy(points[points.length - 1]!)}`;
}

function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y) || 1;
  const reach = Math.min(CORNER, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * reach, y: corner.y + (other.y - corner.y) * reach };
}

/** How much room a segment has for a label: labels lie, so width counts more than height. */
function spread(a: Point, b: Point): number {
  return Math.abs(b.x - a.x) + Math.abs(b.y - a.y) * 0.6;
}

/** Middles of the segments, the longest first. */
function labelPlaces(points: readonly Point[]): readonly Point[] {
  const segments = points.slice(1).map((point, at) => ({ a: points[at]!, b: point }));
  segments.sort((one, other) => spread(other.a, other.b) - spread(one.a, one.b));
  return segments.flatMap(({ a, b }) =>
    [0.5, 0.25, 0.75].map((t) => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t })),
  );
}

function headAt(tip: Point, out: Point): string {
  const base = { x: tip.x + out.x * HEAD_LENGTH, y: tip.y + out.y * HEAD_LENGTH };
  const one = { x: base.x - out.y * HEAD_WIDTH, y: base.y + out.x * HEAD_WIDTH };
  const two = { x: base.x + out.y * HEAD_WIDTH, y: base.y - out.x * HEAD_WIDTH };
  return `M${xy(tip)}L${xy(one)}L${xy(two)}Z`;
}

export const LABEL_HEIGHT = 16;

/** Width of a label in canvas units: monospace at 11 px, wide characters double. */
export function labelWidth(text: string): number {
  let width = 8;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e80 ? 12 : 6.7;
  return width;
}

function placeLabel(edge: SceneEdge, drawn: Drawn, cards: BoxGrid, labels: BoxGrid): Route {
  const { points, ...route } = drawn;
  if (edge.label === '') return { ...route, label: points[0] ?? route.label, labelHidden: true };
  const width = labelWidth(edge.label);
  for (const point of points) {
    const box = { x: point.x - width / 2, y: point.y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT };
    if (cards.touches(box) || labels.touches(box)) continue;
    labels.add(edge.id, box);
    return { ...route, label: point, labelHidden: false };
  }
  return { ...route, label: points[0] ?? route.label, labelHidden: true };
}

function xy({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}
