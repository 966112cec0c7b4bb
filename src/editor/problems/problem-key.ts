import { formatFieldPath } from '../../apimachinery/field-path.ts';
import type { Problem } from '../../design/problem.ts';

/** The same for the same problem before and after another judging, and different for two problems of one design. */
export function problemKey({ record, id, field, params, related }: Problem): string {
  return [record, id, formatFieldPath(field), ...Object.values(params), ...(related ?? [])].join('\u0000');
}
