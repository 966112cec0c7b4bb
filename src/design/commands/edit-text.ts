import { nameOf } from '../../apimachinery/object.ts';
import type { RecordId } from '../design.ts';
import { isRefused, replaceDocument } from '../edit-segment.ts';
import { documentOf } from '../records.ts';
import type { Command } from './command.ts';

export interface EditTextArguments {
  readonly record: RecordId;
  /** The new text of the whole document the record stands in. */
  readonly text: string;
}

/** Takes over text as a person typed it; text that does not read is refused with its line, and nothing changes. */
export const editText: Command<EditTextArguments> = {
  id: 'record.editText',
  canRun: ({ design }, { record }) => (design.records.has(record) ? undefined : { refused: 'command.noSuchRecord' }),
  run({ design, registry }, { record: id, text }) {
    const record = design.records.get(id);
    if (!record) return { refused: 'command.noSuchRecord' };
    const document = documentOf(design, record);
    if (document.text === text) return { refused: 'command.noChange' };
    const next = replaceDocument(design, registry, document.id, text);
    if (isRefused(next)) return next;
    return { design: next, description: { id: 'record.editText', params: { name: nameOf(record.object) } } };
  },
};
