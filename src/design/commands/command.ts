import type { KindRegistry } from '../../kinds/registry.ts';
import type { Refusal } from '../../kinds/field-edit.ts';
import type { Design, RecordId } from '../design.ts';
import type { ReferenceGraph } from '../graph.ts';
import type { WireRefusalId } from '../wires.ts';

/**
 * One thing a person can do to a design. Palette, menu, key, touch, test and undo label use the same object.
 *
 * A command is one file and a pure function: it gets the design and what the person chose, and returns the next design
 * or the reason why not. It never half-applies.
 *
 * @example
 * const outcome = deleteRecords.run(context, { records: ['r3'] });
 * if (!isRefused(outcome)) store.setState({ design: outcome.design });
 */
export interface Command<Arguments> {
  /** Stable word, `record.delete`; the title is the sentence `command.<id>` of the locales. */
  readonly id: string;
  /** In the form `Mod+D`; Mod is Control, or Command on a Mac. */
  readonly hotkey?: string;
  /** Why it cannot run now, or undefined when it can; cheap, asked for every menu. */
  canRun(context: CommandContext, args: Arguments): CommandRefusal | undefined;
  run(context: CommandContext, args: Arguments): CommandOutcome | CommandRefusal;
}

export interface CommandContext {
  readonly design: Design;
  readonly registry: KindRegistry;
  /** References of `design`. */
  readonly graph: ReferenceGraph;
}

export interface CommandOutcome {
  readonly design: Design;
  /** What the undo list says: id of a sentence and what fills it. */
  readonly description: { readonly id: string; readonly params: Readonly<Record<string, string | number>> };
  /** What to select afterwards. */
  readonly select?: readonly RecordId[];
}

/** Ids of sentences in the locales, beside those of `Refusal`. */
export interface CommandRefusal {
  readonly refused: Refusal['refused'] | CommandRefusalId;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type CommandRefusalId =
  | WireRefusalId
  | 'command.nothingSelected'
  | 'command.nothingToPaste'
  | 'command.noSuchRecord'
  | 'command.noSuchFile' // path: no file of manifests
  | 'command.noChange'
  | 'command.readOnly' // the page stands in another
  | 'command.homework.locked' // identity: a homework keeps it as it is
  | 'command.homework.palette' // kind: a homework does not let it be added
  | 'command.name.invalid' // message: the API server's words
  | 'command.name.taken' // identity
  | 'command.clusterScoped' // kind: has no namespace
  | 'command.cannotEditText'; // reason from the manifest layer
