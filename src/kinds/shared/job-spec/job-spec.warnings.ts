import type { JsonValue } from '../../../base/json.ts';
import { integerAt, textAt } from '../validation/fields.ts';

/** Source: pkg/api/job/warnings.go `WarningsForJobSpec`, 1.36, less the warnings about the Pod template. */
export function jobSpecWarnings(spec: JsonValue | undefined, path: string): readonly string[] {
  const many = integerAt(spec, 'completions') > 100_000 && integerAt(spec, 'parallelism') > 10_000;
  if (textAt(spec, 'completionMode') !== 'Indexed' || !many) return [];
  return [
    `${path}: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail`,
  ];
}
