import type { Placement, PlacementKey } from '../../design/design.ts';
import { drawnOf, isDrawnKey } from '../../design/drawn.ts';
import type { Drawn } from '../../design/drawn.ts';
import type { Scene, SceneDrawn, SceneEdge } from '../scene.ts';

const SIZES = {
  note: { width: 200, height: 96 },
  actor: { width: 112, height: 84 },
  title: { width: 480, height: 56 },
  legend: { width: 248, height: 216 },
} as const;

/** The scene with what people drew beside it: notes, actors, title and legend, and arrows between anything. */
export function withDrawn(scene: Scene, placements: ReadonlyMap<PlacementKey, Placement>): Scene {
  const drawn: SceneDrawn[] = [];
  const arrows: { readonly key: string; readonly arrow: Extract<Drawn, { type: 'arrow' }> }[] = [];
  for (const [key, placement] of placements) {
    const what = isDrawnKey(key) ? drawnOf(key, placement) : undefined;
    if (what === undefined || what.type === 'nodes') continue;
    if (what.type === 'arrow') {
      arrows.push({ key, arrow: what });
      continue;
    }
    const { width, height } = { ...SIZES[what.type], ...sizeOf(placement) };
    drawn.push({ id: key, drawn: what, x: placement.x, y: placement.y, width, height });
  }
  if (drawn.length + arrows.length === 0) return scene;
  const ends = new Set([...drawn.map(({ id }) => id), ...scene.cards.map(({ id }) => id)]);
  const edges = arrows.flatMap(({ key, arrow }): readonly SceneEdge[] => {
    const { from, to, text } = arrow;
    if (!ends.has(from) || !ends.has(to) || from === to) return [];
    return [{ id: key, from, to, line: 'drawn', resolved: true, label: text, references: [], points: [] }];
  });
  drawn.sort((a, b) => orderOf(a) - orderOf(b));
  return { ...scene, drawn, edges: [...scene.edges, ...edges] };
}

/** What lies above what: less than 0 is below the cards. */
export function orderOf({ drawn }: SceneDrawn): number {
  return drawn.order ?? 0;
}

function sizeOf({ width, height }: Placement): { width?: number; height?: number } {
  return width === undefined || height === undefined ? {} : { width, height };
}
