import { OrthogonalRouter } from './orthogonal-router.ts';
import type { Box } from './orthogonal-router.ts';
import type { Scene, SceneEdge } from './scene.ts';

/** Above these the search takes longer than a person waits; lines are then drawn as curves. */
const MOST_CARDS = 160;
const MOST_EDGES = 160;

/**
 * Gives a way around the cards to every edge that the layout kernel did not route: those between frames, and those of
 * cards that a person has moved. The shortest first, so that long lines go around short ones.
 */
export function routeAround(scene: Scene): Scene {
  const open = scene.edges.filter(({ points }) => points.length === 0);
  if (open.length === 0 || open.length > MOST_EDGES || scene.cards.length > MOST_CARDS) return scene;
  const boxes = absoluteBoxes(scene);
  const router = new OrthogonalRouter([...boxes.values()]);
  const routed = new Map<string, SceneEdge>();
  const byLength = open
    .map((edge) => ({ edge, from: boxes.get(edge.from)!, to: boxes.get(edge.to)! }))
    .sort((a, b) => distance(a.from, a.to) - distance(b.from, b.to));
  for (const { edge, from, to } of byLength) {
    const points = router.route(from, to);
    if (points) routed.set(edge.id, { ...edge, points });
  }
  return { ...scene, edges: scene.edges.map((edge) => routed.get(edge.id) ?? edge) };
}

function absoluteBoxes(scene: Scene): ReadonlyMap<string, Box> {
  const frames = new Map(scene.frames.map((frame) => [frame.id, frame]));
  return new Map(
    scene.cards.map(({ id, frame, x, y, width, height }) => {
      const at = frames.get(frame);
      return [id, { x: x + (at?.x ?? 0), y: y + (at?.y ?? 0), width, height }];
    }),
  );
}

function distance(a: Box, b: Box): number {
  return Math.abs(a.x + a.width / 2 - b.x - b.width / 2) + Math.abs(a.y + a.height / 2 - b.y - b.height / 2);
}
