import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { objectIdentity } from '../../apimachinery/object-identity.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { FieldEdit } from '../../kinds/field-edit.ts';
import type { Design, DesignRecord, RecordId } from '../design.ts';
import { editFields, isRefused } from '../edit-segment.ts';
import { validateObjectName } from '../object-name.ts';
import type { ResolvedReference } from '../graph.ts';
import type { Command, CommandContext, CommandRefusal } from './command.ts';

export interface RenameRecordArguments {
  readonly record: RecordId;
  readonly name: string;
}

/** Renames an object, and with it every reference that names it, in whatever file that stands. */
export const renameRecord: Command<RenameRecordArguments> = {
  id: 'record.rename',
  hotkey: 'F2',
  canRun: ({ design }, { record }) => (design.records.has(record) ? undefined : { refused: 'command.noSuchRecord' }),
  run(context, { record: id, name }) {
    const record = context.design.records.get(id);
    if (!record) return { refused: 'command.noSuchRecord' };
    const before = nameOf(record.object);
    if (before === name) return { refused: 'command.noChange' };
    const refusal = refuseName(context, record, name);
    if (refusal) return refusal;
    const edits = new Map<RecordId, FieldEdit[]>([[id, [{ op: 'set', path: ['metadata', 'name'], value: name }]]]);
    const follow = referencesByName(context, id);
    for (const reference of follow) {
      const list = edits.get(reference.from) ?? [];
      edits.set(reference.from, list);
      list.push({ op: 'set', path: reference.declaration.field, value: spell(reference, record, name) });
    }
    const next = editRecords(context, edits);
    if (isRefused(next)) return next;
    return {
      design: next,
      description: { id: 'record.rename', params: { from: before, to: name, references: follow.length } },
      select: [id],
    };
  },
};

function refuseName(
  { design, registry }: CommandContext,
  record: DesignRecord,
  name: string,
): CommandRefusal | undefined {
  const message = validateObjectName(registry.of(record.object), name);
  if (message !== undefined) return { refused: 'command.name.invalid', params: { message } };
  const identity = objectIdentity(groupVersionKindOf(record.object), record.namespace, name);
  for (const other of design.records.values()) {
    if (other.identity === identity && other.id !== record.id)
      return { refused: 'command.name.taken', params: { identity } };
  }
  return undefined;
}

/** References that spell out the name of a record, its own excepted only when they mean another object. */
export function referencesByName({ graph }: CommandContext, id: RecordId): readonly ResolvedReference[] {
  return graph.incoming(id).filter(({ declaration }) => declaration.target.by === 'name');
}

/** The value of a field that names the record, after it got a new name. */
export function spell(
  { declaration }: ResolvedReference,
  record: DesignRecord,
  name: string,
  namespace = record.namespace,
): string {
  return (declaration.nameFormat ?? '{name}').replaceAll('{name}', name).replaceAll('{namespace}', namespace);
}

/** Applies edits to several records, all or none. */
export function editRecords(
  { design, registry }: CommandContext,
  edits: ReadonlyMap<RecordId, readonly FieldEdit[]>,
): Design | CommandRefusal {
  let next = design;
  for (const [id, list] of edits) {
    const record = next.records.get(id);
    if (!record) return { refused: 'command.noSuchRecord' };
    const edited = editFields(next, registry, record, list);
    if (!isRefused(edited)) next = edited;
    else if (edited.refused !== 'command.noChange') return edited;
  }
  return next;
}
