import { nameOf } from '../../apimachinery/object.ts';
import { REFERENCE_TYPES } from '../../kinds/reference.ts';
import type { Design, Picture, RecordId } from '../design.ts';
import { PICTURES } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
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
    let next = design;
    for (const id of new Set(records)) {
      const record = next.records.get(id);
      if (!record) return { refused: 'command.noSuchRecord' };
      const without = removeRecord(next, registry, record);
      if (isRefused(without)) return without;
      next = without;
    }
    const first = design.records.get(records[0]!)!;
    return {
      design: withoutPlacements(next, records),
      description: { id: 'record.delete', params: { count: records.length, name: nameOf(first.object) } },
      select: [],
    };
  },
};

function withoutPlacements(design: Design, records: readonly RecordId[]): Design {
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
  return records.flatMap((id) =>
    graph
      .incoming(id)
      .filter(
        ({ from, declaration }) =>
          !going.has(from) &&
          declaration.optional !== true &&
          REFERENCE_TYPES[declaration.type].dangling !== 'none' &&
          !selectsSomethingElse(graph, from, declaration, going),
      ),
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
