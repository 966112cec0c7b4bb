import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt } from '../../base/json.ts';
import { isRefusal } from '../../kinds/field-edit.ts';
import type { FieldEdit, Refusal } from '../../kinds/field-edit.ts';
import type { Reference } from '../../kinds/reference.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import type { DesignRecord } from '../design.ts';
import { editFields, isRefused } from '../edit-segment.ts';
import type { ReferenceGraph, ResolvedReference } from '../graph.ts';
import type { Command } from './command.ts';

export interface DisconnectReferenceArguments {
  /** The reference, or its position in the graph's references. */
  readonly reference: ResolvedReference | number;
}

/** Takes an arrow away: removes the lines it comes from and leaves a valid object. */
export const disconnectReference: Command<DisconnectReferenceArguments> = {
  id: 'record.disconnect',
  canRun: ({ graph }, { reference }) => (find(graph, reference) ? undefined : { refused: 'command.noSuchRecord' }),
  run({ design, registry, graph }, { reference: wanted }) {
    const reference = find(graph, wanted);
    const record = reference && design.records.get(reference.from);
    if (!reference || !record) return { refused: 'command.noSuchRecord' };
    const { declaration } = reference;
    const edits = disconnectEdits(record, declaration, registry);
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

/** A reference out of an older graph is looked up again: by who points, from where, and at what. */
function find(graph: ReferenceGraph, reference: ResolvedReference | number): ResolvedReference | undefined {
  if (typeof reference === 'number') return graph.at(reference);
  const field = formatFieldPath(reference.declaration.field);
  return graph
    .outgoing(reference.from)
    .find(
      ({ declaration, to, toIdentity }) =>
        declaration.type === reference.declaration.type &&
        to === reference.to &&
        toIdentity === reference.toIdentity &&
        formatFieldPath(declaration.field) === field,
    );
}

/**
 * What every object has (its namespace, its owners) is taken away here; everything else by the kind. A kind that says
 * nothing of its own gives up the field that points.
 */
function disconnectEdits(
  { object }: DesignRecord,
  declaration: Reference,
  registry: KindRegistry,
): readonly FieldEdit[] | Refusal {
  const { field } = declaration;
  if (field[0] === 'metadata' && field[1] === 'namespace') return { refused: 'disconnect.required' };
  if (field[0] === 'metadata' && field[1] === 'ownerReferences') {
    const isOnly = arrayAt(object, 'metadata', 'ownerReferences').length === 1;
    return [{ op: 'delete', path: field.slice(0, isOnly ? 2 : 3) }];
  }
  return registry.of(object).disconnect?.(object, declaration) ?? [{ op: 'delete', path: field }];
}
