import type { Path } from '../../base/json.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import type { Edit } from '../../manifest/edit.ts';
import type { RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { EditSet } from '../edit-set.ts';
import type { Command } from './command.ts';

export interface EditRecordsArguments {
  readonly edits: readonly { readonly record: RecordId; readonly edit: Edit }[];
  /** What the undo list calls the field that is edited in all of them. */
  readonly field: Path;
}

/** Changes fields of several objects in one step: all or none. */
export const editRecords: Command<EditRecordsArguments> = {
  id: 'records.editField',
  canRun: ({ design }, { edits }) => {
    if (edits.length === 0) return { refused: 'command.noChange' };
    return edits.every(({ record }) => design.records.has(record)) ? undefined : { refused: 'command.noSuchRecord' };
  },
  run(context, { edits, field }) {
    const set = new EditSet();
    for (const { record, edit } of edits) set.add(record, edit);
    const design = set.applyTo(context);
    if (isRefused(design)) return design;
    if (design === context.design) return { refused: 'command.noChange' };
    const params = { field: formatFieldPath(field), count: set.size };
    return { design, description: { id: 'records.editField', params } };
  },
};
