import type { Spot } from './presenting-state.ts';

/** Nearer than this to the last one, in shares of the picture, a point says nothing new. */
const NEAR = 0.002;

/** The points of a line of the pen with one more, where it went on. */
export function withPoint(points: readonly Spot[], point: Spot): readonly Spot[] {
  const last = points.at(-1);
  if (last !== undefined && Math.abs(last.x - point.x) + Math.abs(last.y - point.y) < NEAR) return points;
  return [...points, point];
}

/** A smooth line through the points: curves from middle to middle; a single point is a dot. */
export function strokePath(points: readonly Spot[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  if (rest.length === 0) return `M ${first.x} ${first.y} l 0.0001 0`;
  const parts = [`M ${first.x} ${first.y}`];
  for (let at = 0; at < rest.length - 1; at++) {
    const [here, next] = [rest[at]!, rest[at + 1]!];
    parts.push(`Q ${here.x} ${here.y} ${(here.x + next.x) / 2} ${(here.y + next.y) / 2}`);
  }
  const last = rest.at(-1)!;
  return [...parts, `L ${last.x} ${last.y}`].join(' ');
}
