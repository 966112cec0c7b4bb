import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { DEFAULT_NAMESPACE, objectIdentity } from '../../apimachinery/object-identity.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { validateDns1123Label } from '../../apimachinery/names.ts';
import type { FieldEdit } from '../../kinds/field-edit.ts';
import type { DesignRecord, RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { editRecords, referencesByName, spell } from './rename-record.ts';
import type { Command, CommandContext, CommandRefusal } from './command.ts';

export interface MoveToNamespaceArguments {
  readonly records: readonly RecordId[];
  readonly namespace: string;
}

/**
 * Moves objects to another namespace. References that write the namespace follow; those that can only mean their own
 * namespace break, and become problems that can be seen.
 */
export const moveToNamespace: Command<MoveToNamespaceArguments> = {
  id: 'record.moveToNamespace',
  canRun: ({ design, registry }, { records }) => {
    if (records.length === 0) return { refused: 'command.nothingSelected' };
    for (const id of records) {
      const record = design.records.get(id);
      if (!record) return { refused: 'command.noSuchRecord' };
      const { scope, kind } = registry.of(record.object);
      if (scope === 'Cluster') return { refused: 'command.clusterScoped', params: { kind } };
    }
    return undefined;
  },
  run(context, { records, namespace }) {
    const message = validateDns1123Label(namespace)[0];
    if (message !== undefined) return { refused: 'command.name.invalid', params: { message } };
    const edits = new Map<RecordId, FieldEdit[]>();
    for (const id of records) {
      const record = context.design.records.get(id);
      if (!record) return { refused: 'command.noSuchRecord' };
      if (record.namespace === namespace) continue;
      const taken = takenIn(context, record, namespace);
      if (taken) return taken;
      add(edits, id, ownEdit(record, namespace));
      for (const reference of referencesByName(context, id)) followMove(edits, reference, record, namespace);
    }
    if (edits.size === 0) return { refused: 'command.noChange' };
    const next = editRecords(context, edits);
    if (isRefused(next)) return next;
    return {
      design: next,
      description: { id: 'record.moveToNamespace', params: { count: records.length, namespace } },
      select: records,
    };
  },
};

function takenIn({ design }: CommandContext, record: DesignRecord, namespace: string): CommandRefusal | undefined {
  const identity = objectIdentity(groupVersionKindOf(record.object), namespace, nameOf(record.object));
  for (const other of design.records.values()) {
    if (other.identity === identity) return { refused: 'command.name.taken', params: { identity } };
  }
  return undefined;
}

/** An object that named no namespace and moves to `default` needs no field; any other move writes it. */
function ownEdit(record: DesignRecord, namespace: string): FieldEdit {
  return namespace === DEFAULT_NAMESPACE && namespaceOf(record.object) === undefined
    ? { op: 'delete', path: ['metadata', 'namespace'] }
    : { op: 'set', path: ['metadata', 'namespace'], value: namespace };
}

function followMove(
  edits: Map<RecordId, FieldEdit[]>,
  reference: ReturnType<typeof referencesByName>[number],
  record: DesignRecord,
  namespace: string,
): void {
  const { namespaceField, nameFormat, field } = reference.declaration;
  if (namespaceField) add(edits, reference.from, { op: 'set', path: namespaceField, value: namespace });
  if (nameFormat?.includes('{namespace}')) {
    add(edits, reference.from, {
      op: 'set',
      path: field,
      value: spell(reference, record, nameOf(record.object), namespace),
    });
  }
}

function add(edits: Map<RecordId, FieldEdit[]>, id: RecordId, edit: FieldEdit): void {
  const list = edits.get(id);
  if (list) list.push(edit);
  else edits.set(id, [edit]);
}
