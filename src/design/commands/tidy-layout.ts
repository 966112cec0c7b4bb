import type { Picture } from '../design.ts';
import type { Command } from './command.ts';

/** Forgets where people put things in one picture, so that everything is laid out again. */
export const tidyLayout: Command<{ readonly picture: Picture }> = {
  id: 'layout.tidy',
  canRun: ({ design }, { picture }) =>
    design.placements[picture].size === 0 ? { refused: 'command.noChange' } : undefined,
  run({ design }, { picture }) {
    return {
      design: { ...design, placements: { ...design.placements, [picture]: new Map() } },
      description: { id: 'layout.tidy', params: {} },
    };
  },
};
