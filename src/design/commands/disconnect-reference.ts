import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Path } from '../../base/json.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import type { FieldEdit, Refusal } from '../../kinds/field-edit.ts';
import { editFields, isRefused } from '../edit-segment.ts';
import type { Command } from './command.ts';

export interface DisconnectReferenceArguments {
  /** Position in the graph's references. */
  readonly reference: number;
}

/** Takes an arrow away: removes the lines it comes from and leaves a valid object. */
export const disconnectReference: Command<DisconnectReferenceArguments> = {
  id: 'record.disconnect',
  canRun: ({ graph }, { reference }) => (graph.references[reference] ? undefined : { refused: 'command.noSuchRecord' }),
  run({ design, registry, graph }, { reference: index }) {
    const reference = graph.references[index];
    const record = reference && design.records.get(reference.from);
    if (!reference || !record) return { refused: 'command.noSuchRecord' };
    const { declaration } = reference;
    const edits = disconnectEdits(
      registry.of(record.object).disconnect?.(record.object, declaration),
      declaration.field,
    );
    if (isRefusal(edits)) return edits;
    const next = editFields(design, registry, record, edits);
    if (isRefused(next)) return next;
    return {
      design: next,
      description: {
        id: 'record.disconnect',
        params: { name: nameOf(record.object), field: formatFieldPath(declaration.field) },
      },
    };
  },
};

/** A kind that says nothing of its own gives up the field that points; owner references give up their whole entry. */
function disconnectEdits(own: readonly FieldEdit[] | Refusal | undefined, field: Path): readonly FieldEdit[] | Refusal {
  if (own !== undefined) return own;
  return [{ op: 'delete', path: field[1] === 'ownerReferences' ? field.slice(0, 3) : field }];
}
