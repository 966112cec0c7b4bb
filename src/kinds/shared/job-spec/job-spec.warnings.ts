import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { valueAt } from '../../../base/json.ts';
import { podTemplateWarnings } from '../pod-spec/warnings/pod.ts';
import { integerAt, textAt } from '../validation/fields.ts';

const MANY_COMPLETIONS =
  'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';

/** Source: pkg/api/job/warnings.go `WarningsForJobSpec`, 1.36. */
export function jobSpecWarnings(spec: JsonValue | undefined, path: ValidationPath): readonly string[] {
  const isMany = integerAt(spec, 'completions') > 100_000 && integerAt(spec, 'parallelism') > 10_000;
  return [
    ...(isMany && textAt(spec, 'completionMode') === 'Indexed' ? [`${path.toString()}: ${MANY_COMPLETIONS}`] : []),
    ...podTemplateWarnings(valueAt(spec, 'template'), path.child('template')),
  ];
}
