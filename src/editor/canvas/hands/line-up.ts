import { bandLayout } from '../../../scene/band-layout.ts';
import type { Point, Scene, SceneCard } from '../../../scene/scene.ts';

/** Where cards of one frame go when they are lined up; those that stay are left out. */
type Places = ReadonlyMap<string, Point>;

export type Edge = 'left' | 'right' | 'top' | 'bottom' | 'center' | 'middle';

/** Puts cards on one line: the outermost of their edges, or the middle of all of them. */
export function align(cards: readonly SceneCard[], edge: Edge): Places {
  if (cards.length < 2) return new Map();
  const left = Math.min(...cards.map(({ x }) => x));
  const right = Math.max(...cards.map(({ x, width }) => x + width));
  const top = Math.min(...cards.map(({ y }) => y));
  const bottom = Math.max(...cards.map(({ y, height }) => y + height));
  const placeOf = ({ x, y, width, height }: SceneCard): Point => {
    switch (edge) {
      case 'left':
        return { x: left, y };
      case 'right':
        return { x: right - width, y };
      case 'center':
        return { x: (left + right - width) / 2, y };
      case 'top':
        return { x, y: top };
      case 'bottom':
        return { x, y: bottom - height };
      case 'middle':
        return { x, y: (top + bottom - height) / 2 };
    }
  };
  return moved(cards, placeOf);
}

/** The same room between each two neighbours; the outermost stay. */
export function distribute(cards: readonly SceneCard[], axis: 'x' | 'y'): Places {
  if (cards.length < 3) return new Map();
  const size = axis === 'x' ? 'width' : 'height';
  const sorted = [...cards].sort((a, b) => a[axis] - b[axis]);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return new Map();
  const filled = sorted.reduce((sum, card) => sum + card[size], 0);
  const gap = (last[axis] + last[size] - first[axis] - filled) / (sorted.length - 1);
  let next = first[axis];
  const places = new Map<string, Point>();
  for (const card of sorted) {
    const at = { x: card.x, y: card.y, [axis]: next };
    if (Math.round(next) !== Math.round(card[axis])) places.set(card.id, at);
    next += card[size] + gap;
  }
  return places;
}

/** Lays out some cards anew by the lines between them, from their own top left corner; the rest stays where it is. */
export function tidy(cards: readonly SceneCard[], scene: Scene): Places {
  if (cards.length < 2) return new Map();
  const ids = new Set(cards.map(({ id }) => id));
  const edges = scene.edges.flatMap((edge) =>
    edge.line !== 'drawn' && ids.has(edge.from) && ids.has(edge.to) ? [{ ...edge, line: edge.line }] : [],
  );
  const left = Math.min(...cards.map(({ x }) => x));
  const top = Math.min(...cards.map(({ y }) => y));
  const laid = bandLayout(cards, edges).cards;
  return moved(cards, ({ id, x, y }) => {
    const at = laid.get(id);
    return at ? { x: at.x + left, y: at.y + top } : { x, y };
  });
}

function moved(cards: readonly SceneCard[], placeOf: (card: SceneCard) => Point): Places {
  return new Map(
    cards.flatMap((card) => {
      const at = placeOf(card);
      return Math.round(at.x) === card.x && Math.round(at.y) === card.y ? [] : [[card.id, at] as const];
    }),
  );
}
