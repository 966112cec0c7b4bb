import { CARD_HEIGHT, CARD_WIDTH, FRAME_HEADER, FRAME_PADDING } from '../../scene/metrics.ts';
import type { Point, Scene, SceneFrame } from '../../scene/scene.ts';

/** Room between a new card and its neighbours. */
const GAP = 24;
const LEFT = FRAME_PADDING;
const TOP = FRAME_HEADER + FRAME_PADDING;
/** How finely places are tried. */
const STEP = 24;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const CARD_SIZE: Size = { width: CARD_WIDTH, height: CARD_HEIGHT + 24 };

/**
 * A place for something new in a frame, relative to it: where it was wanted if nothing stands there, else the nearest free
 * place inside the frame, else below everything. Nothing that stands is covered.
 */
export function freeSpot(scene: Scene, frame: SceneFrame, size: Size, wanted: Point): Point {
  const cards = scene.cards.filter((card) => card.frame === frame.id);
  const isFree = ({ x, y }: Point): boolean =>
    cards.every(
      (card) =>
        x >= card.x + card.width + GAP ||
        card.x >= x + size.width + GAP ||
        y >= card.y + card.height + GAP ||
        card.y >= y + size.height + GAP,
    );
  const start = snapped({ x: Math.max(LEFT, wanted.x), y: Math.max(TOP, wanted.y) });
  const isInside = ({ x, y }: Point): boolean =>
    x + size.width + FRAME_PADDING <= frame.width && y + size.height + FRAME_PADDING <= frame.height;
  if (isFree(start) && isInside(start)) return start;
  let best: { readonly at: Point; readonly distance: number } | undefined;
  for (let y = TOP; y + size.height + FRAME_PADDING <= frame.height; y += STEP) {
    for (let x = LEFT; x + size.width + FRAME_PADDING <= frame.width; x += STEP) {
      const distance = Math.abs(x - start.x) + Math.abs(y - start.y);
      if ((best && distance >= best.distance) || !isFree({ x, y })) continue;
      best = { at: { x, y }, distance };
    }
  }
  if (best) return best.at;
  return outside(scene, frame, cards, size);
}

/** Beside or below what the frame holds: to the side on which no other frame is in the way. */
function outside(scene: Scene, frame: SceneFrame, cards: Scene['cards'], size: Size): Point {
  const right = Math.max(LEFT - GAP, ...cards.map((card) => card.x + card.width)) + GAP;
  const bottom = Math.max(TOP - GAP, ...cards.map((card) => card.y + card.height)) + GAP;
  const meets = (width: number, height: number): boolean =>
    scene.frames.some(
      (other) =>
        other.id !== frame.id &&
        other.x < frame.x + width &&
        frame.x < other.x + other.width &&
        other.y < frame.y + height &&
        frame.y < other.y + other.height,
    );
  const below = !meets(Math.max(frame.width, LEFT + size.width + FRAME_PADDING), bottom + size.height + FRAME_PADDING);
  if (below || meets(right + size.width + FRAME_PADDING, Math.max(frame.height, TOP + size.height + FRAME_PADDING)))
    return { x: LEFT, y: bottom };
  return { x: right, y: TOP };
}

function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / 8) * 8, y: Math.round(y / 8) * 8 };
}
