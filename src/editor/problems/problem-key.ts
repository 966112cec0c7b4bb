import { formatFieldPath } from '../../apimachinery/field-path.ts';
import type { Problem } from '../../design/problem.ts';

/** Thousands of rows are named anew with every edit, and most problems are the same values as before. */
const known = new WeakMap<Problem, string>();

/** The same for the same problem before and after another judging, and different for two problems of one design. */
export function problemKey(problem: Problem): string {
  let key = known.get(problem);
  if (key === undefined) {
    const { record, id, field, params, related } = problem;
    key = [record, id, formatFieldPath(field), ...Object.values(params), ...(related ?? [])].join('\u0000');
    known.set(problem, key);
  }
  return key;
}
