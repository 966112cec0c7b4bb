import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { stringAt } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import { fixOf, setValue } from '../fixes/one-edit.ts';
import type { Lint } from './lint.ts';

type LintFix = NonNullable<Lint['fix']>;

/** Writes a value at the field of the finding. */
export function setTo(value: JsonValue): LintFix {
  return ({ record, field }) => [setValue(record, field, value)];
}

/** Takes the field of the finding away. */
export const removeIt: LintFix = ({ record, field }) => [
  fixOf('removeField', { field: formatFieldPath(field) }, record, { op: 'delete', path: field }),
];

/** Pods of Windows may not have what Linux knows: the API server refuses it. */
export function onLinux(fix: LintFix): LintFix {
  return (problem, context) => {
    const object = context.design.records.get(problem.record)?.object;
    const template = object && context.registry.of(object).podTemplate?.(object);
    return stringAt(template?.spec, 'os', 'name') === 'windows' ? [] : fix(problem, context);
  };
}
