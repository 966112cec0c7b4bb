import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import type { Refusal } from '../../kinds/field-edit.ts';
import type {
  Connection,
  ConnectionChosen,
  ConnectionEdits,
  ConnectionId,
  ConnectionOption,
} from '../../kinds/kind.ts';
import { DesignBuilder } from '../design-builder.ts';
import type { Design, RecordId } from '../design.ts';
import { editFieldsIn, isRefused } from '../edit-segment.ts';
import type { Command, CommandContext, CommandRefusal } from './command.ts';

export interface ConnectRecordsArguments {
  readonly source: RecordId;
  readonly target: RecordId;
  readonly meaning: ConnectionId;
  /** What the person chose about it. */
  readonly chosen?: ConnectionChosen;
}

/** Draws an arrow: makes the edit that the arrow means. */
export const connectRecords: Command<ConnectRecordsArguments> = {
  id: 'record.connect',
  canRun: ({ design }, { source, target }) =>
    design.records.has(source) && design.records.has(target) ? undefined : { refused: 'command.noSuchRecord' },
  run(context, { source, target, meaning, chosen }) {
    const choice = connectionChoices(context, source, target, chosen).find(({ id }) => id === meaning);
    if (!choice) return { refused: 'connect.noMeaning' };
    if (isRefusal(choice.outcome)) return choice.outcome;
    const next = makeEdits(context, { source, target }, choice.outcome);
    if (isRefused(next)) return next;
    const [from, to] = [context.design.records.get(source)!, context.design.records.get(target)!];
    return {
      design: next,
      description: { id: 'record.connect', params: { from: nameOf(from.object), to: nameOf(to.object), meaning } },
    };
  },
};

/** Makes the edits one after another: an edit may go on from what the one before it made. */
export function makeEdits(
  { design, registry }: CommandContext,
  ends: { readonly source: RecordId; readonly target: RecordId },
  outcome: ConnectionEdits,
): Design | CommandRefusal {
  const builder = new DesignBuilder(design, registry);
  let changed = false;
  for (const end of ['source', 'target'] as const) {
    const edits = outcome[end] ?? [];
    if (edits.length === 0) continue;
    const refusal = editFieldsIn(builder, builder.design.records.get(ends[end])!, edits);
    if (refusal === undefined) changed = true;
    else if (refusal.refused !== 'command.noChange') return refusal;
  }
  return changed ? builder.design : { refused: 'command.noChange' };
}

export interface ConnectionChoice {
  readonly id: ConnectionId;
  readonly outcome: ConnectionEdits | Refusal;
  readonly options: readonly ConnectionOption[];
}

/** Every meaning that an arrow between two records can have, once each, with its edits or why it cannot be drawn. */
export function connectionChoices(
  { design, registry }: Pick<CommandContext, 'design' | 'registry'>,
  source: RecordId,
  target: RecordId,
  chosen?: ConnectionChosen,
): readonly ConnectionChoice[] {
  const from = design.records.get(source);
  const to = design.records.get(target);
  if (!from || !to || from === to) return [];
  const template = registry.of(to.object).podTemplate?.(to.object);
  const canonical = registry.canonical(groupVersionKindOf(to.object));
  const fits = (connection: Connection): boolean =>
    connection.to === 'podTemplate' ? template !== undefined : registry.canonical(connection.to) === canonical;
  const choices = new Map<ConnectionId, ConnectionChoice>();
  for (const connection of (registry.of(from.object).connections ?? []).filter(fits)) {
    const known = choices.get(connection.id);
    if (known && !isRefusal(known.outcome)) continue;
    const outcome = connection.connect(from.object, to.object, template, chosen);
    const options = isRefusal(outcome) ? [] : (connection.options?.(from.object, to.object, template) ?? []);
    // One meaning may be declared for several ends (a Pod, whatever has a template): the first that works counts.
    if (!known || !isRefusal(outcome)) choices.set(connection.id, { id: connection.id, outcome, options });
  }
  return [...choices.values()];
}
