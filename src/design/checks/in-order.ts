import type { RecordId } from '../design.ts';
import type { Problem } from '../problem.ts';
import type { DesignView } from '../view/design-view.ts';

const SEVERITY = { error: 0, warning: 1, info: 2 } as const;

/** Errors first, then in the order of records; of one record what was known `before`, then what the others tell of it. */
export function inOrder(
  { records, places }: DesignView,
  before: readonly Problem[],
  ...others: readonly ((id: RecordId) => readonly Problem[])[]
): readonly Problem[] {
  const count = records.size;
  // Gathered by place and not sorted one by one: there may be many for one record.
  const gathered: (Problem[] | undefined)[] = Array.from({ length: 3 * count });
  const gather = (problem: Problem): void => {
    const place = places.get(problem.record);
    if (place === undefined) throw new Error(`a problem of no record: ${problem.id} of ${problem.record}`);
    const at = SEVERITY[problem.severity] * count + place;
    const list = gathered[at];
    if (list) list.push(problem);
    else gathered[at] = [problem];
  };
  before.forEach(gather);
  for (const of of others) for (const id of records.keys()) of(id).forEach(gather);
  const all: Problem[] = [];
  for (const list of gathered) if (list) for (const problem of list) all.push(problem);
  return all;
}
