import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import { objectIdentity } from '../../apimachinery/object-identity.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { Design, DesignRecord, RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { EditSet } from '../edit-set.ts';
import { applyFollowing, follow, isByName } from '../follow-references.ts';
import type { Renaming } from '../follow-references.ts';
import { madeNames } from '../made-names.ts';
import { isNamespace } from '../namespace-names.ts';
import { validateObjectName } from '../object-name.ts';
import type { Command, CommandContext, CommandRefusal } from './command.ts';
import { renameNamespace } from './rename-namespace.ts';

export interface RenameRecordArguments {
  readonly record: RecordId;
  readonly name: string;
}

/**
 * Renames an object, and with it every reference that names it, in whatever file that stands. A Namespace takes along
 * everything that lives in it.
 */
export const renameRecord: Command<RenameRecordArguments> = {
  id: 'record.rename',
  hotkey: 'F2',
  canRun: ({ design }, { record }) => (design.records.has(record) ? undefined : { refused: 'command.noSuchRecord' }),
  run(context, { record: id, name }) {
    const record = context.design.records.get(id);
    if (!record) return { refused: 'command.noSuchRecord' };
    const from = nameOf(record.object);
    if (from === name) return { refused: 'command.noChange' };
    const refusal = refuseName(context, record, name);
    if (refusal) return refusal;
    const next = isNamespace(record) ? renameNamespace(context, record, name) : renameOne(context, record, name);
    if (isRefused(next)) return next;
    return {
      design: next.design,
      description: { id: 'record.rename', params: { from, to: name, references: next.followed } },
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

export interface Renamed {
  readonly design: Design;
  /** How many references were changed. */
  readonly followed: number;
}

function renameOne(context: CommandContext, record: DesignRecord, name: string): Renamed | CommandRefusal {
  const edits = new EditSet();
  edits.add(record.id, { op: 'set', path: ['metadata', 'name'], value: name });
  const references = context.graph.incoming(record.id).filter(({ declaration }) => isByName(declaration));
  const known = new Set(references.map(({ declaration }) => declaration));
  const to = { name, namespace: record.namespace };
  const made = madeNames(record, to, context.registry);
  const toMade = made.size === 0 ? [] : context.graph.references.filter(({ maker }) => maker === record.id);
  const pointing = new Set([...references, ...toMade].map(({ from }) => from));
  follow(context, edits, pointing, (declaration) => {
    if (known.has(declaration)) return to;
    const { target } = declaration;
    return made.get(objectIdentity(target, target.namespace, target.name));
  });
  const before = nameOf(record.object);
  const kind = context.registry.canonical(groupVersionKindOf(record.object));
  const stillOld: Renaming = ({ target }) => {
    if (target.name !== before || target.namespace !== record.namespace) return undefined;
    return context.registry.canonical(target) === kind ? to : undefined;
  };
  const design = applyFollowing(context, edits, stillOld);
  return isRefused(design) ? design : { design, followed: known.size };
}
