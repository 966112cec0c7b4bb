import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { NONE, pointerAt, textAt } from '../shared/validation/fields.ts';
import { STATUS } from '../shared/validation/status-counts.ts';

/** Source: pkg/apis/core/validation/validation.go `ValidateNamespaceStatusUpdate`, 1.36. */
export function validateNamespaceStatus(object: KubernetesObject): readonly FieldError[] {
  const phase = textAt(object, 'status', 'phase');
  const isGoing = pointerAt(object, 'metadata', 'deletionTimestamp') !== undefined;
  const [only, words] = isGoing ? ['Terminating', 'is not empty'] : ['Active', 'is empty'];
  if (phase === only) return NONE;
  return [invalid(STATUS.child('Phase'), phase, `may only be '${only}' if \`deletionTimestamp\` ${words}`)];
}
