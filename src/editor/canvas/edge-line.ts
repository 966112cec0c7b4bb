import type { Point } from '../../scene/scene.ts';
import { OUTWARD, pointOn } from './geometry.ts';
import type { Box, Side } from './geometry.ts';

/** Free space between an edge's end and the first bend, in canvas units. */
const HEAD_LENGTH = 8;
const HEAD_WIDTH = 4;
const CORNER = 8;

export interface Ends {
  readonly start: Side;
  readonly end: Side;
}

/** An edge as a line: SVG paths in absolute canvas units. */
export interface Drawn {
  readonly path: string;
  /** The arrow head, its tip on the target's side. */
  readonly head: string;
  readonly label: Point;
  /** The boxes it was made for; when a card is being dragged the line is made anew. */
  readonly from: Box;
  readonly to: Box;
  /** Places along the edge where the label may stand, best first. */
  readonly points: readonly Point[];
}

export function controls(a: Point, start: Side, b: Point, end: Side): readonly [Point, Point] {
  const reach = Math.min(140, Math.max(24, Math.hypot(b.x - a.x, b.y - a.y) * 0.42));
  const out = OUTWARD[start];
  const into = OUTWARD[end];
  return [
    { x: a.x + out.x * reach, y: a.y + out.y * reach },
    { x: b.x + into.x * reach, y: b.y + into.y * reach },
  ];
}

export function bezierAt(a: Point, c: Point, d: Point, b: Point, t: number): Point {
  const u = 1 - t;
  const at = (p: number, q: number, r: number, s: number) =>
    u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
  return { x: at(a.x, c.x, d.x, b.x), y: at(a.y, c.y, d.y, b.y) };
}

export function curveLine(from: Box, to: Box, { start, end }: Ends, startAt: number, endAt: number): Drawn {
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
export function bentLine(from: Box, to: Box, bends: readonly Point[]): Drawn {
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

function xy({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}
