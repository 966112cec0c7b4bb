import { nameOf } from '../../apimachinery/object.ts';
import { REFERENCE_TYPES } from '../../kinds/reference.ts';
import type { Design, Picture, RecordId } from '../design.ts';
import { PICTURES } from '../design.ts';
import { DesignBuilder } from '../design-builder.ts';
import type { ReferenceGraph, ResolvedReference } from '../graph.ts';
import { removeRecord } from '../remove-record.ts';
import type { Command } from './command.ts';

export interface DeleteRecordsArguments {
  readonly records: readonly RecordId[];
}

/** Takes objects out of their files. What breaks by it is told before by `accountOfDeletion`, and is a problem after. */
export const deleteRecords: Command<DeleteRecordsArguments> = {
  id: 'record.delete',
  hotkey: 'Delete',
  canRun: ({ design }, { records }) => {
    if (records.length === 0) return { refused: 'command.nothingSelected' };
    return records.every((id) => design.records.has(id)) ? undefined : { refused: 'command.noSuchRecord' };
  },
  run({ design, registry }, { records }) {
    const builder = new DesignBuilder(design, registry);
    const going = new Set(records);
    for (const id of going) {
      const record = builder.design.records.get(id);
      const refusal = record ? removeRecord(builder, record) : ({ refused: 'command.noSuchRecord' } as const);
      if (refusal) return refusal;
    }
    const first = design.records.get(records[0]!)!;
    return {
      design: withoutPlacements(builder.design, records),
      description: { id: 'record.delete', params: { count: going.size, name: nameOf(first.object) } },
      select: [],
    };
  },
};

function withoutPlacements(design: Design, records: readonly RecordId[]): Design {
  if (!PICTURES.some((picture) => records.some((id) => design.placements[picture].has(id)))) return design;
  const placements = { ...design.placements };
  for (const picture of PICTURES as readonly Picture[]) {
    if (!records.some((id) => placements[picture].has(id))) continue;
    const rest = new Map(placements[picture]);
    for (const id of records) rest.delete(id);
    placements[picture] = rest;
  }
  return { ...design, placements };
}

/**
 * What stops working when these records go: references from records that stay, which would point at nothing. Optional
 * references and those of which nothing is expected are left out.
 */
export function accountOfDeletion(graph: ReferenceGraph, records: readonly RecordId[]): readonly ResolvedReference[] {
  const going = new Set(records);
  const told = new Set<ResolvedReference['declaration']>();
  return [...going].flatMap((id) =>
    graph.incoming(id).filter(({ from, declaration }) => {
      if (going.has(from) || declaration.optional === true || told.has(declaration)) return false;
      if (REFERENCE_TYPES[declaration.type].dangling === 'none') return false;
      if (selectsSomethingElse(graph, from, declaration, going)) return false;
      // A selector that loses all it selects breaks once.
      told.add(declaration);
      return true;
    }),
  );
}

function selectsSomethingElse(
  graph: ReferenceGraph,
  from: RecordId,
  declaration: ResolvedReference['declaration'],
  going: ReadonlySet<RecordId>,
): boolean {
  return graph
    .outgoing(from)
    .some((other) => other.declaration === declaration && other.to !== null && !going.has(other.to));
}
