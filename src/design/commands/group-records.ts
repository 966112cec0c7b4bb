import { labelsOf } from '../../apimachinery/object.ts';
import { validateLabelValue } from '../../apimachinery/label-names.ts';
import type { RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { EditSet } from '../edit-set.ts';
import type { Command, CommandOutcome } from './command.ts';

/** What an object is part of, as the recommended labels say: no selector of a workload reads it. */
export const GROUP_LABEL = 'app.kubernetes.io/part-of';

export interface GroupRecordsArguments {
  readonly records: readonly RecordId[];
  /** The name of the group; undefined takes the objects out of theirs. */
  readonly name: string | undefined;
}

/** Objects become a group: they bear one label. Their Pods keep the labels that they have. */
export const groupRecords: Command<GroupRecordsArguments> = {
  id: 'records.group',
  canRun({ design }, { records, name }) {
    if (!records.some((id) => design.records.has(id))) return { refused: 'command.nothingSelected' };
    const [message] = name === undefined ? [] : validateLabelValue(name);
    if (name === '' || message !== undefined)
      return { refused: 'command.name.invalid', params: { message: message ?? 'must not be empty' } };
    return undefined;
  },
  run(context, args) {
    const refusal = groupRecords.canRun(context, args);
    if (refusal) return refusal;
    const { records, name } = args;
    const edits = new EditSet();
    for (const id of records) {
      const object = context.design.records.get(id)?.object;
      if (!object) continue;
      const path = ['metadata', 'labels', GROUP_LABEL];
      if (name !== undefined) edits.add(id, { op: 'set', path, value: name });
      else if (labelsOf(object).has(GROUP_LABEL)) edits.add(id, { op: 'delete', path });
    }
    const design = edits.applyTo(context);
    if (isRefused(design)) return design;
    if (design === context.design) return { refused: 'command.noChange' };
    const description: CommandOutcome['description'] =
      name === undefined
        ? { id: 'records.ungroup', params: { count: edits.size } }
        : { id: 'records.group', params: { count: edits.size, name } };
    return { design, description };
  },
};
