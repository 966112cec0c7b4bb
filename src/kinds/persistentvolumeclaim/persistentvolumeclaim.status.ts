import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, notSupported } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { signOfQuantity, valueOf } from '../../apimachinery/quantity.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { NONE } from '../shared/validation/fields.ts';
import { validateQualifiedName } from '../shared/validation/messages.ts';
import { validateResourceQuantityValue } from '../shared/validation/resource-names.ts';
import { STATUS } from '../shared/validation/status-counts.ts';

const RESIZE_STATUSES = [
  'ControllerResizeInProgress',
  'ControllerResizeInfeasible',
  'NodeResizeInProgress',
  'NodeResizeInfeasible',
  'NodeResizePending',
].sort();

/** Source: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeClaimStatusUpdate`, 1.36. */
export function validateClaimStatus(object: KubernetesObject): readonly FieldError[] {
  const status = valueAt(object, 'status');
  const statuses = STATUS.child('allocatedResourceStatuses');
  const allocated = STATUS.child('allocatedResources');
  return [
    ...[...resourceListOf(valueAt(status, 'capacity'))].flatMap(([name, amount]) =>
      validateAmount(amount, STATUS.child('capacity').key(name)),
    ),
    ...Object.entries(objectAt(status, 'allocatedResourceStatuses') ?? {}).flatMap(([name, value]) => [
      ...validateName(name, statuses),
      ...(RESIZE_STATUSES.includes(String(value)) ? NONE : [notSupported(statuses, name, RESIZE_STATUSES)]),
    ]),
    ...[...resourceListOf(valueAt(status, 'allocatedResources'))].flatMap(([name, amount]) => {
      const wrong = validateName(name, allocated);
      if (wrong.length > 0) return wrong;
      const negative = validateAmount(amount, allocated.key(name));
      return negative.length > 0 ? negative : validateResourceQuantityValue('storage', amount, allocated.key(name));
    }),
  ];
}

function validateAmount(amount: Quantity, path: ValidationPath): readonly FieldError[] {
  if (signOfQuantity(amount) >= 0) return NONE;
  return [invalid(path, Number(valueOf(amount)), 'must be a valid resource quantity')];
}

/** Names of Kubernetes' own are `storage` alone. */
function validateName(name: string, path: ValidationPath): readonly FieldError[] {
  const wrong = validateQualifiedName(name, path);
  if (wrong.length > 0) return wrong;
  const isNative = !name.includes('/') || name.includes('kubernetes.io/');
  return isNative && name !== 'storage' ? [notSupported(path, name, ['storage'])] : NONE;
}
