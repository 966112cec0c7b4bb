import type { Design, Picture } from '../design.ts';
import { isDrawnKey } from '../drawn.ts';
import type { Command } from './command.ts';

/** Forgets where people put things in one picture, so that everything is laid out again. */
export const tidyLayout: Command<{ readonly picture: Picture }> = {
  id: 'layout.tidy',
  canRun: ({ design }, { picture }) =>
    design.placements[picture].size === 0 ? { refused: 'command.noChange' } : undefined,
  run({ design }, { picture }) {
    return {
      design: withoutPlaces(design, picture),
      description: { id: 'layout.tidy', params: {} },
    };
  },
};

/** Cards and frames without places; what is drawn beside them stays. */
export function withoutPlaces(design: Design, picture: Picture): Design {
  const drawn = [...design.placements[picture]].filter(([key]) => isDrawnKey(key));
  return { ...design, placements: { ...design.placements, [picture]: new Map(drawn) } };
}
