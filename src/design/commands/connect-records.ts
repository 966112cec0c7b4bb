import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import type { FieldEdit, Refusal } from '../../kinds/field-edit.ts';
import type { Connection, ConnectionEdits, ConnectionId } from '../../kinds/kind.ts';
import type { RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { editRecords } from './rename-record.ts';
import type { Command, CommandContext } from './command.ts';

export interface ConnectRecordsArguments {
  readonly source: RecordId;
  readonly target: RecordId;
  readonly meaning: ConnectionId;
}

/** Draws an arrow: makes the edit that the arrow means. */
export const connectRecords: Command<ConnectRecordsArguments> = {
  id: 'record.connect',
  canRun: ({ design }, { source, target }) =>
    design.records.has(source) && design.records.has(target) ? undefined : { refused: 'command.noSuchRecord' },
  run(context, { source, target, meaning }) {
    const choice = connectionChoices(context, source, target).find(({ id }) => id === meaning);
    if (!choice) return { refused: 'connect.noMeaning' };
    if (isRefusal(choice.outcome)) return choice.outcome;
    const edits = new Map<RecordId, readonly FieldEdit[]>();
    if (choice.outcome.source) edits.set(source, choice.outcome.source);
    if (choice.outcome.target) edits.set(target, choice.outcome.target);
    const next = editRecords(context, edits);
    if (isRefused(next)) return next;
    const [from, to] = [context.design.records.get(source)!, context.design.records.get(target)!];
    return {
      design: next,
      description: { id: 'record.connect', params: { from: nameOf(from.object), to: nameOf(to.object), meaning } },
    };
  },
};

export interface ConnectionChoice {
  readonly id: ConnectionId;
  readonly outcome: ConnectionEdits | Refusal;
}

/** Every meaning that an arrow between two records can have, with its edits or why it cannot be drawn. */
export function connectionChoices(
  { design, registry }: CommandContext,
  source: RecordId,
  target: RecordId,
): readonly ConnectionChoice[] {
  const from = design.records.get(source);
  const to = design.records.get(target);
  if (!from || !to || from === to) return [];
  const template = registry.of(to.object).podTemplate?.(to.object);
  const canonical = registry.canonical(groupVersionKindOf(to.object));
  const fits = (connection: Connection): boolean =>
    connection.to === 'podTemplate' ? template !== undefined : registry.canonical(connection.to) === canonical;
  return (registry.of(from.object).connections ?? [])
    .filter(fits)
    .map((connection) => ({ id: connection.id, outcome: connection.connect(from.object, to.object, template) }));
}
