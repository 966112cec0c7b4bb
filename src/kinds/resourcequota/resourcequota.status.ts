import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { valueAt } from '../../base/json.ts';
import { validateQuotaResourceName, validateResourceQuantityValue } from '../shared/validation/resource-names.ts';
import { STATUS } from '../shared/validation/status-counts.ts';

/** Source: pkg/apis/core/validation/validation.go `ValidateResourceQuotaStatusUpdate`, 1.36. */
export function validateResourceQuotaStatus(object: KubernetesObject): readonly FieldError[] {
  return ['hard', 'used'].flatMap((list) =>
    [...resourceListOf(valueAt(object, 'status', list))].flatMap(([name, quantity]) => {
      const path = STATUS.child(list).key(name);
      return [...validateQuotaResourceName(name, path), ...validateResourceQuantityValue(name, quantity, path)];
    }),
  );
}
