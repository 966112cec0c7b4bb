import type { Command } from './command.ts';
import { disconnectReference } from './disconnect-reference.ts';
import { isRefused } from '../edit-segment.ts';
import { resolveReferences } from '../resolve-references.ts';

export interface DisconnectReferencesArguments {
  /** Positions in the graph's references: those of one line of the picture. */
  readonly references: readonly number[];
}

/** Takes a whole line of the picture away: the lines of all references that it stands for, in one step. */
export const disconnectReferences: Command<DisconnectReferencesArguments> = {
  id: 'records.disconnect',
  canRun: (_context, { references }) => (references.length === 0 ? { refused: 'command.nothingSelected' } : undefined),
  run(context, { references }) {
    let now = context;
    const wanted = references.flatMap((index) => context.graph.at(index) ?? []);
    // From the last to the first: an item of a list that goes moves those behind it.
    for (const reference of [...wanted].reverse()) {
      const outcome = disconnectReference.run(now, { reference });
      if (isRefused(outcome)) {
        // Two references may stand in one line, which is gone with the first.
        if (outcome.refused === 'command.noSuchRecord' && now !== context) continue;
        return outcome;
      }
      const { design } = outcome;
      now = { design, registry: context.registry, graph: resolveReferences(design, context.registry) };
    }
    return {
      design: now.design,
      description: { id: 'records.disconnect', params: { count: wanted.length } },
    };
  },
};
