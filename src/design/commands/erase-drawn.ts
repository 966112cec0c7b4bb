import type { Picture, PlacementKey } from '../design.ts';
import { drawnOf, isDrawnKey } from '../drawn.ts';
import type { Command } from './command.ts';

export interface EraseDrawnArguments {
  readonly picture: Picture;
  readonly keys: readonly PlacementKey[];
}

/** Takes away what was drawn, and the arrows that ended there. */
export const eraseDrawn: Command<EraseDrawnArguments> = {
  id: 'drawn.erase',
  canRun: ({ design }, { picture, keys }) =>
    keys.some((key) => isDrawnKey(key) && design.placements[picture].has(key))
      ? undefined
      : { refused: 'command.nothingSelected' },
  run({ design }, { picture, keys }) {
    const going = new Set(keys.filter(isDrawnKey));
    const rest = [...design.placements[picture]].filter(([key, placement]) => {
      if (going.has(key)) return false;
      const drawn = isDrawnKey(key) ? drawnOf(key, placement) : undefined;
      return drawn?.type !== 'arrow' || (!going.has(drawn.from) && !going.has(drawn.to));
    });
    return {
      design: { ...design, placements: { ...design.placements, [picture]: new Map(rest) } },
      description: { id: 'drawn.erase', params: { count: going.size } },
    };
  },
};
