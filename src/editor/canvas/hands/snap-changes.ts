import type { NodeChange, NodePositionChange } from '@xyflow/react';
import type { Point, Scene, SceneCard } from '../../../scene/scene.ts';
import type { CanvasNode } from '../flow-nodes.ts';
import { boundsOf } from '../geometry.ts';
import type { Box } from '../geometry.ts';
import { hands } from './hands-state.ts';
import { snapTo, snapToGrid } from './snap.ts';

/** How near a line has to be, in pixels of the screen. */
const REACH = 6;
const GRID = 8;

/** Keys that are held while something is pulled: Control keeps cards from snapping. */
const held = { ctrl: false };
for (const type of ['keydown', 'keyup', 'pointermove'] as const)
  window.addEventListener(type, (event) => (held.ctrl = event.ctrlKey || event.metaKey), { passive: true });

/** What the last pull was shifted by: React Flow tells the end of a drag without it. */
let shift: Point = { x: 0, y: 0 };

export function lastShift(): Point {
  return shift;
}

/** The same moves, pulled onto the lines of other cards or the grid; the lines are shown while it lasts. */
export function snapChanges(
  changes: readonly NodeChange<CanvasNode>[],
  scene: Scene,
  zoom: number,
): NodeChange<CanvasNode>[] {
  const moves = changes.filter((change): change is NodePositionChange => change.type === 'position');
  const cards = new Map(scene.cards.map((card) => [card.id, card]));
  const moving = moves.flatMap(({ id, position }) => {
    const card = cards.get(id);
    return card && position ? [{ ...card, ...position }] : [];
  });
  const [first] = moving;
  const { snap } = hands.getState();
  shift = { x: 0, y: 0 };
  if (first && snap !== 'off' && !held.ctrl && scene.cards.every(isPlain)) shiftBy(moving, first, scene, zoom, snap);
  if (moves.some(({ dragging }) => dragging !== true)) hands.setState({ guides: [] });
  if (shift.x === 0 && shift.y === 0) return [...changes];
  return changes.map((change) =>
    change.type === 'position' && change.position && cards.has(change.id)
      ? { ...change, position: { x: change.position.x + shift.x, y: change.position.y + shift.y } }
      : change,
  );
}

/** In the Cluster picture cards have no places of their own. */
function isPlain({ id, record, ghost }: SceneCard): boolean {
  return ghost || id === record;
}

function shiftBy(
  moving: readonly SceneCard[],
  { frame: frameId }: SceneCard,
  scene: Scene,
  zoom: number,
  snap: 'objects' | 'grid',
): void {
  const frame = scene.frames.find(({ id }) => id === frameId);
  const box = boundsOf(moving);
  if (!frame || !box || moving.some((card) => card.frame !== frameId)) return;
  if (snap === 'grid') {
    const { dx, dy } = snapToGrid(box, GRID);
    shift = { x: dx, y: dy };
    return;
  }
  const ids = new Set(moving.map(({ id }) => id));
  const absolute = ({ x, y, width, height }: Box): Box => ({ x: x + frame.x, y: y + frame.y, width, height });
  const others = scene.cards.filter((card) => card.frame === frameId && !ids.has(card.id)).map(absolute);
  const { dx, dy, guides } = snapTo(absolute(box), others, REACH / zoom);
  shift = { x: dx, y: dy };
  hands.setState({ guides });
}
