import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { formatQuantity, milliValueOf, quantityOf } from '../../apimachinery/quantity.ts';
import type { JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { fillIn, fillInText, updateField, updateStruct } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { defaultResourceList } from '../shared/defaults/resource-list.ts';
import type { KindStrategy } from '../strategy.ts';
import { normalizeDataSources } from './data-sources.ts';
import { STORAGE_CLASS_ANNOTATION, validateClaim, validateClaimUpdate } from './persistentvolumeclaim.validation.ts';
import { validateClaimStatus } from './persistentvolumeclaim.status.ts';

/** Source: pkg/registry/core/persistentvolumeclaim/strategy.go and pkg/apis/core/v1/defaults.go, 1.36. */
export const persistentVolumeClaimStrategy: KindStrategy = {
  group: '',
  kind: 'PersistentVolumeClaim',
  hasStatus: true,
  validateStatus: validateClaimStatus,
  hasGeneration: false,
  setDefaults: (object) =>
    updateStruct(
      updateStruct(object, 'spec', (spec) =>
        updateField(fillIn(spec, { volumeMode: 'Filesystem' }), 'resources', roundResources),
      ),
      'status',
      (status) => fillInText(status, { phase: 'Pending' }),
    ),
  prepareForCreate: (object) => ({ ...normalizeDataSources(object), status: { phase: 'Pending' } }),
  prepareForUpdate,
  validate: (object, old) => (old === undefined ? validateClaim(object) : validateClaimUpdate(object, old)),
  warnings: claimWarnings,
};

function roundResources(value: JsonValue | undefined): JsonValue | undefined {
  const resources = objectAt(value);
  if (resources === undefined) return value;
  return ['limits', 'requests'].reduce((rounded, list) => updateField(rounded, list, defaultResourceList), resources);
}

function prepareForUpdate(object: KubernetesObject, old: KubernetesObject): KubernetesObject {
  const status = valueAt(old, 'status');
  const normal = normalizeDataSources(object, old);
  return status === undefined ? omit(normal, 'status') : { ...normal, status };
}

/** Source: pkg/api/persistentvolumeclaim/util.go, 1.36. */
function claimWarnings(object: KubernetesObject): readonly string[] {
  const deprecated = 'deprecated since v1.8; use "storageClassName" attribute instead';
  return [
    ...(annotationsOf(object).has(STORAGE_CLASS_ANNOTATION)
      ? [`metadata.annotations[${STORAGE_CLASS_ANNOTATION}]: ${deprecated}`]
      : []),
    ...['requests', 'limits'].flatMap((list) => {
      const storage = quantityOf(valueAt(object, 'spec', 'resources', list, 'storage'));
      if (storage === undefined || milliValueOf(storage) % 1000n === 0n) return [];
      const text = formatQuantity(storage);
      return [`spec.resources.${list}[storage]: fractional byte value "${text}" is invalid, must be an integer`];
    }),
  ];
}
