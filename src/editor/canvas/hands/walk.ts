import type { Point, Scene } from '../../../scene/scene.ts';
import type { Direction } from '../../connecting/spot-beside.ts';
import { cardBoxes, centerOf } from '../geometry.ts';

const DIRECTIONS: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** The card that one walks to: the nearest in a direction among those at the other end of a line, else of all. */
export function nextCard(scene: Scene, from: string, direction: Direction): string | undefined {
  const boxes = cardBoxes(scene);
  const start = boxes.get(from);
  if (!start) return undefined;
  const joined = new Set(
    scene.edges.flatMap((edge) => (edge.from === from ? [edge.to] : edge.to === from ? [edge.from] : [])),
  );
  const here = centerOf(start);
  const { x, y } = DIRECTIONS[direction];
  const nearest = (ids: Iterable<string>): string | undefined => {
    let best: string | undefined;
    let least = Infinity;
    for (const id of ids) {
      const box = boxes.get(id);
      if (!box || id === from) continue;
      const there = centerOf(box);
      const along = (there.x - here.x) * x + (there.y - here.y) * y;
      const across = Math.abs((there.x - here.x) * y) + Math.abs((there.y - here.y) * x);
      // Within a cone of about 60 degrees to either side; what lies straight ahead counts as nearer.
      if (along <= 8 || across > along * 2) continue;
      const cost = along + 2 * across;
      if (cost < least) [best, least] = [id, cost];
    }
    return best;
  };
  return nearest(joined) ?? nearest(boxes.keys());
}
