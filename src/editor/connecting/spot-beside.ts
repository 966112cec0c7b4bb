import type { Point, Scene, SceneCard } from '../../scene/scene.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Room that cards keep from each other. */
const CLEAR = 16;
const GAP = { x: 88, y: 40 } as const;
/** Least distance from a frame's corner: the title stays free. */
const LEAST = { x: 12, y: 40 } as const;

/** Where a new card goes beside another, within its frame: the next place in a direction that no card covers. */
export function spotBeside(scene: Scene, record: string, direction: Direction): Point | undefined {
  const start = scene.cards.find((card) => card.record === record);
  if (!start) return undefined;
  const others = scene.cards.filter(({ frame }) => frame === start.frame);
  const step = { x: start.width + GAP.x, y: start.height + GAP.y };
  const isFree = ({ x, y }: Point): boolean =>
    others.every(
      (card) => x + start.width + CLEAR <= card.x || x >= card.x + card.width + CLEAR || !meets(card, y, start.height),
    );
  const first = shifted(start, direction, step);
  // The room to the left and above ends at the frame.
  let spot = { x: Math.max(LEAST.x, first.x), y: Math.max(LEAST.y, first.y) };
  while (!isFree(spot)) {
    spot =
      direction === 'left' || direction === 'right'
        ? { x: spot.x, y: spot.y + GAP.y }
        : { x: spot.x + GAP.x, y: spot.y };
  }
  return spot;
}

function meets(card: SceneCard, y: number, height: number): boolean {
  return y < card.y + card.height + CLEAR && card.y < y + height + CLEAR;
}

function shifted({ x, y }: Point, direction: Direction, step: Point): Point {
  switch (direction) {
    case 'left':
      return { x: x - step.x, y };
    case 'right':
      return { x: x + step.x, y };
    case 'up':
      return { x, y: y - step.y };
    case 'down':
      return { x, y: y + step.y };
  }
}
