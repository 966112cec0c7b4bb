import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Edit } from '../../manifest/edit.ts';
import type { RecordId } from '../design.ts';
import { editFields, isRefused } from '../edit-segment.ts';
import type { Command } from './command.ts';

export interface EditFieldArguments {
  readonly record: RecordId;
  readonly edits: readonly Edit[];
}

/** Changes fields of one object; only the lines of those fields change in its file. */
export const editField: Command<EditFieldArguments> = {
  id: 'record.editField',
  canRun: ({ design }, { record, edits }) => {
    if (!design.records.has(record)) return { refused: 'command.noSuchRecord' };
    return edits.length === 0 ? { refused: 'command.noChange' } : undefined;
  },
  run({ design, registry }, { record: id, edits }) {
    const record = design.records.get(id);
    if (!record) return { refused: 'command.noSuchRecord' };
    const next = editFields(design, registry, record, edits);
    if (isRefused(next)) return next;
    return {
      design: next,
      description: {
        id: 'record.editField',
        params: { name: nameOf(record.object), field: edits[0] ? formatFieldPath(edits[0].path) : '' },
      },
    };
  },
};
