import type { Design, Picture, Placement, PlacementKey } from '../design.ts';
import type { Command } from './command.ts';

export interface MovePlacementsArguments {
  readonly picture: Picture;
  readonly placements: ReadonlyMap<PlacementKey, Placement>;
}

/** Keeps where a person put cards and frames; a drag of many is one step. */
export const movePlacements: Command<MovePlacementsArguments> = {
  id: 'layout.move',
  canRun: (_context, { placements }) => (placements.size === 0 ? { refused: 'command.nothingSelected' } : undefined),
  run({ design }, { picture, placements }) {
    const next = withPlacements(design, picture, placements);
    if (next === design) return { refused: 'command.noChange' };
    return { design: next, description: { id: 'layout.move', params: { count: placements.size } } };
  },
};

export function withPlacements(
  design: Design,
  picture: Picture,
  placements: ReadonlyMap<PlacementKey, Placement>,
): Design {
  const next = new Map(design.placements[picture]);
  let changed = false;
  for (const [key, placement] of placements) {
    const before = next.get(key);
    // What moves stays folded, locked and drawn as it was.
    const kept = before?.drawn === undefined ? {} : { drawn: before.drawn };
    const moved: Placement = { ...kept, ...placement, x: Math.round(placement.x), y: Math.round(placement.y) };
    const { drawn, ...bare } = moved;
    const whole: Placement = drawn !== undefined && Object.keys(drawn).length === 0 ? bare : moved;
    if (
      before &&
      before.x === whole.x &&
      before.y === whole.y &&
      before.width === whole.width &&
      before.height === whole.height &&
      before.drawn === whole.drawn
    )
      continue;
    next.set(key, whole);
    changed = true;
  }
  return changed ? { ...design, placements: { ...design.placements, [picture]: next } } : design;
}
