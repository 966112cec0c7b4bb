import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import type { ConnectionEdits } from '../../kinds/kind.ts';
import type { Picture, Placement, RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { addRecord } from './add-record.ts';
import type { Command, CommandContext } from './command.ts';
import { connectionChoices, makeEdits } from './connect-records.ts';

export interface AddConnectedArguments {
  /** What the new object is connected to. */
  readonly to: RecordId;
  readonly kind: GroupKind;
  readonly picture?: Picture;
  readonly at?: Placement;
}

/** Adds an object and draws the arrow between it and another, the likeliest meaning, as one step. */
export const addConnected: Command<AddConnectedArguments> = {
  id: 'record.addConnected',
  canRun: ({ design }, { to }) => (design.records.has(to) ? undefined : { refused: 'command.noSuchRecord' }),
  run(context, { to, kind, ...place }) {
    const other = context.design.records.get(to);
    if (!other) return { refused: 'command.noSuchRecord' };
    const namespace = other.namespace === '' ? {} : { namespace: other.namespace };
    const added = addRecord.run(context, { kind, ...namespace, ...place });
    if (isRefused(added)) return added;
    const record = added.select?.[0];
    if (record === undefined) return { refused: 'command.noSuchRecord' };
    const now = { ...context, design: added.design };
    const arrow = firstArrow(now, to, record) ?? firstArrow(now, record, to);
    if (!arrow) return { refused: 'connect.noMeaning' };
    const next = makeEdits(now, arrow, arrow.edits);
    if (isRefused(next)) return next;
    const { kind: word, name } = added.description.params;
    return {
      design: next,
      description: {
        id: 'record.addConnected',
        params: { kind: word ?? kind.kind, name: name ?? '', to: nameOf(other.object) },
      },
      select: [record],
    };
  },
};

interface Arrow {
  readonly source: RecordId;
  readonly target: RecordId;
  readonly edits: ConnectionEdits;
}

function firstArrow(context: CommandContext, source: RecordId, target: RecordId): Arrow | undefined {
  for (const { outcome } of connectionChoices(context, source, target))
    if (!isRefusal(outcome)) return { source, target, edits: outcome };
  return undefined;
}
