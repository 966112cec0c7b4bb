import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { valueAt } from '../../base/json.ts';
import { NONE, textAt, validateEach } from './validation/fields.ts';
import { STATUS } from './validation/status-counts.ts';

/**
 * Conditions of a FlowSchema or a PriorityLevelConfiguration.
 * Source: pkg/apis/flowcontrol/validation/validation.go `ValidateFlowSchemaStatus`, 1.36.
 */
export function validateFlowControlStatus(object: KubernetesObject): readonly FieldError[] {
  const seen = new Set<string>();
  return validateEach(valueAt(object, 'status', 'conditions'), STATUS.child('conditions'), (condition, path) => {
    const type = textAt(condition, 'type');
    const isRepeated = seen.has(type);
    seen.add(type);
    return [
      ...(isRepeated ? [duplicate(path.child('type'), type)] : NONE),
      ...(type === '' ? [required(path.child('type'))] : NONE),
    ];
  });
}
