import { validateDns1123Label } from '../../apimachinery/names.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { DesignRecord, RecordId } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import { EditSet } from '../edit-set.ts';
import { applyFollowing, follow } from '../follow-references.ts';
import type { Renaming } from '../follow-references.ts';
import type { Command, CommandContext } from './command.ts';
import { TakenIdentities, namespaceEdit } from './namespace-edit.ts';

export interface MoveToNamespaceArguments {
  readonly records: readonly RecordId[];
  readonly namespace: string;
}

/**
 * Moves objects to another namespace. References that write the namespace follow; those that mean their own namespace
 * break, and become problems that can be seen.
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
    const moved = new Map<RecordId, DesignRecord>();
    const edits = new EditSet();
    const taken = new TakenIdentities(context.design);
    for (const id of new Set(records)) {
      const record = context.design.records.get(id);
      if (!record) return { refused: 'command.noSuchRecord' };
      if (record.namespace === namespace) continue;
      const identity = taken.take(record, namespace);
      if (identity !== undefined) return { refused: 'command.name.taken', params: { identity } };
      moved.set(id, record);
      edits.add(id, namespaceEdit(record, namespace));
    }
    if (moved.size === 0) return { refused: 'command.noChange' };
    followThem(context, edits, moved, namespace);
    const next = applyFollowing(context, edits, stillOld(context, moved, namespace));
    if (isRefused(next)) return next;
    return {
      design: next,
      description: { id: 'record.moveToNamespace', params: { count: moved.size, namespace } },
      select: records,
    };
  },
};

/** References to what moves write its new namespace where they can. */
function followThem(
  context: CommandContext,
  edits: EditSet,
  moved: ReadonlyMap<RecordId, DesignRecord>,
  namespace: string,
): void {
  const incoming = [...moved.keys()].flatMap((id) => context.graph.incoming(id));
  const known = new Map(incoming.map(({ declaration, to }) => [declaration, to === null ? undefined : moved.get(to)]));
  const renaming: Renaming = (declaration) => {
    const target = known.get(declaration);
    return target && { name: nameOf(target.object), namespace };
  };
  follow(context, edits, new Set(incoming.map(({ from }) => from)), renaming);
}

/** Names that a second look still finds as they were. */
function stillOld(
  { registry }: CommandContext,
  moved: ReadonlyMap<RecordId, DesignRecord>,
  namespace: string,
): Renaming {
  return ({ target }) => {
    for (const record of moved.values()) {
      if (record.namespace !== target.namespace || nameOf(record.object) !== target.name) continue;
      if (registry.get(target) === registry.of(record.object)) return { name: target.name, namespace };
    }
    return undefined;
  };
}
