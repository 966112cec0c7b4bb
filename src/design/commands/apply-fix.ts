import { nameOf } from '../../apimachinery/object.ts';
import { appendObject } from '../append-object.ts';
import type { RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { EditSet } from '../edit-set.ts';
import type { Fix } from '../fixes/fix.ts';
import type { Command } from './command.ts';

export interface ApplyFixArguments {
  /** The record that has the problem; what is added stands beside it. */
  readonly record: RecordId;
  /** One that `fixesFor` gave for this design. */
  readonly fix: Fix;
}

/** Makes one problem go away, all edits and additions in one step. */
export const applyFix: Command<ApplyFixArguments> = {
  id: 'record.fix',
  canRun: ({ design }, { record, fix }) =>
    [record, ...fix.edits.map((part) => part.record)].every((id) => design.records.has(id))
      ? undefined
      : { refused: 'command.noSuchRecord' },
  run(context, { record: id, fix }) {
    const record = context.design.records.get(id);
    if (!record) return { refused: 'command.noSuchRecord' };
    const edits = new EditSet();
    for (const part of fix.edits) for (const edit of part.edits) edits.add(part.record, edit);
    const edited = edits.applyTo(context);
    if (isRefused(edited)) return edited;
    let design = edited;
    for (const object of fix.adds ?? [])
      design = appendObject(design, context.registry, object, { beside: record.file }).design;
    if (design === context.design) return { refused: 'command.noChange' };
    return { design, description: { id: 'record.fix', params: { name: nameOf(record.object) } }, select: [id] };
  },
};
