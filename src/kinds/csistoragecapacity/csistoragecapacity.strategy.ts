import type { FieldError } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { quantityOf } from '../../apimachinery/quantity.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import { nodeLabelSelectorWarnings } from '../shared/pod-spec/warnings/node-labels.ts';
import { NONE, textAt } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { hasInvalidLabelValue, validateLabelSelector } from '../shared/validation/label-selector.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { validateNonnegativeQuantity } from '../shared/validation/numbers.ts';
import { shownLabelSelector } from '../shared/validation/shown-values.ts';
import type { KindStrategy } from '../strategy.ts';

const TOPOLOGY = ValidationPath.of('nodeTopology');
const CLASS = ValidationPath.of('storageClassName');

/** Source: pkg/registry/storage/csistoragecapacity/strategy.go and pkg/apis/storage/validation/validation.go, 1.36. */
export const csiStorageCapacityStrategy: KindStrategy = {
  group: 'storage.k8s.io',
  kind: 'CSIStorageCapacity',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object) => object,
  validate: (object, old) => (old === undefined ? validateCapacity(object) : validateUpdate(object, old)),
  warnings: (object) => nodeLabelSelectorWarnings(valueAt(object, 'nodeTopology'), TOPOLOGY),
};

function validateCapacity(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const name = textAt(object, 'storageClassName');
  const capacity = quantityOf(valueAt(object, 'capacity'));
  const allowInvalidLabelValue = hasInvalidLabelValue(valueAt(old, 'nodeTopology'));
  return [
    ...validateLabelSelector(valueAt(object, 'nodeTopology'), TOPOLOGY, { allowInvalidLabelValue }),
    ...invalidFor(CLASS, name, validateDns1123Subdomain(name)),
    ...(capacity === undefined ? NONE : validateNonnegativeQuantity(capacity, ValidationPath.of('capacity'))),
  ];
}

function validateUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const [topology, before] = [object, old].map((one) => shownLabelSelector(valueAt(one, 'nodeTopology')));
  const name = textAt(object, 'storageClassName');
  return [
    ...validateCapacity(object, old),
    ...validateImmutableField(JSON.stringify(topology), JSON.stringify(before), TOPOLOGY, topology),
    ...validateImmutableField(name, textAt(old, 'storageClassName'), CLASS),
  ];
}
