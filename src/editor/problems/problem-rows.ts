import type { RecordId } from '../../design/design.ts';
import type { Problem } from '../../design/problem.ts';
import type { ProblemGroup } from './problem-groups.ts';
import { problemKey } from './problem-key.ts';

/** The tree as a screen shows it: a row for each group, and beneath an open one a row for each problem. */
export type ProblemTreeRow =
  | { readonly type: 'group'; readonly key: string; readonly group: ProblemGroup; readonly open: boolean }
  | {
      readonly type: 'problem';
      readonly key: string;
      readonly problem: Problem;
      /** Its place in its group, from 1, and how many there are. */
      readonly place: number;
      readonly of: number;
    };

export function problemRows(
  groups: readonly ProblemGroup[],
  collapsed: ReadonlySet<RecordId>,
): readonly ProblemTreeRow[] {
  const rows: ProblemTreeRow[] = [];
  const seen = new Map<string, number>();
  for (const group of groups) {
    const { record, problems } = group;
    const open = !collapsed.has(record.id);
    rows.push({ type: 'group', key: record.id, group, open });
    if (!open) continue;
    problems.forEach((problem, index) => {
      // One cause may be told twice; rows need names of their own.
      const name = problemKey(problem);
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      const key = times === 0 ? name : `${name}\u0000${times}`;
      rows.push({ type: 'problem', key, problem, place: index + 1, of: problems.length });
    });
  }
  return rows;
}
