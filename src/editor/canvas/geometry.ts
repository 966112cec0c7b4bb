import type { Point, Scene, SceneCard } from '../../scene/scene.ts';

/** A box in absolute canvas units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Side = 'left' | 'right' | 'top' | 'bottom';

/** The box of every card, and of whatever else a line can end at, in absolute canvas units; a card's own x and y are relative to its frame. */
export function cardBoxes(scene: Scene): ReadonlyMap<string, Box> {
  const frames = new Map(scene.frames.map((frame) => [frame.id, frame]));
  const boxOf = (card: SceneCard): Box => {
    const frame = frames.get(card.frame);
    return { x: card.x + (frame?.x ?? 0), y: card.y + (frame?.y ?? 0), width: card.width, height: card.height };
  };
  const all = new Map<string, Box>(scene.cards.map((card) => [card.id, boxOf(card)]));
  // Lines end also at what people drew, and at frames that are folded.
  for (const { id, x, y, width, height } of scene.drawn ?? []) all.set(id, { x, y, width, height });
  for (const { id, folded, x, y, width, height } of scene.frames) if (folded) all.set(id, { x, y, width, height });
  return all;
}

export function centerOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A point on a side; `at` runs from 0 to 1 along it. */
export function pointOn(box: Box, side: Side, at: number): Point {
  if (side === 'left') return { x: box.x, y: box.y + box.height * at };
  if (side === 'right') return { x: box.x + box.width, y: box.y + box.height * at };
  if (side === 'top') return { x: box.x + box.width * at, y: box.y };
  return { x: box.x + box.width * at, y: box.y + box.height };
}

export const OUTWARD: Readonly<Record<Side, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function contains(box: Box, point: Point, margin = 0): boolean {
  return (
    point.x > box.x - margin &&
    point.x < box.x + box.width + margin &&
    point.y > box.y - margin &&
    point.y < box.y + box.height + margin
  );
}

/** The smallest box around others, or undefined when there is none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Finds boxes near a place without looking at all of them. */
export class BoxGrid {
  private readonly cells = new Map<string, [string, Box][]>();
  private static readonly CELL = 256;

  add(id: string, box: Box): void {
    for (const key of this.keysOf(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push([id, box]);
      else this.cells.set(key, [[id, box]]);
    }
  }

  /** Whether a point lies in a box that is none of `except`. */
  covers(point: Point, except: readonly string[], margin = 0): boolean {
    const cell = this.cells.get(`${Math.floor(point.x / BoxGrid.CELL)},${Math.floor(point.y / BoxGrid.CELL)}`);
    return cell?.some(([id, box]) => contains(box, point, margin) && !except.includes(id)) ?? false;
  }

  /** The box at a point. */
  at(point: Point): string | undefined {
    const cell = this.cells.get(`${Math.floor(point.x / BoxGrid.CELL)},${Math.floor(point.y / BoxGrid.CELL)}`);
    return cell?.find(([, box]) => contains(box, point))?.[0];
  }

  /** Whether a box overlaps one that is in the grid. */
  touches(box: Box): boolean {
    return this.keysOf(box).some((key) => this.cells.get(key)?.some(([, other]) => overlaps(box, other)));
  }

  private keysOf(box: Box): string[] {
    const size = BoxGrid.CELL;
    const keys: string[] = [];
    for (let x = Math.floor(box.x / size); x <= Math.floor((box.x + box.width) / size); x++) {
      for (let y = Math.floor(box.y / size); y <= Math.floor((box.y + box.height) / size); y++) keys.push(`${x},${y}`);
    }
    return keys;
  }
}
