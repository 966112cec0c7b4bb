import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { ZERO, canonicalQuantity, compareQuantities, quantityOf } from '../../apimachinery/quantity.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { validateClaimSpec } from '../shared/validation/claim-spec.ts';
import { NONE, pointerAt, textAt } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { hasInvalidLabelValue } from '../shared/validation/label-selector.ts';
import { shownDifference, shownStruct } from '../shared/validation/go-structs.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { shownLabelSelector, shownMap } from '../shared/validation/shown-values.ts';
import { normalizeDataSources } from './data-sources.ts';

const SPEC = ValidationPath.of('spec');
const STORAGE = SPEC.child('resources', 'requests', 'storage');
const CLASS = SPEC.child('volumeAttributesClassName');

export const STORAGE_CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** Source: pkg/apis/core/validation/validation.go `ValidatePersistentVolumeClaim`, 1.36. */
export function validateClaim(claim: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  return validateClaimSpec(valueAt(claim, 'spec'), SPEC, {
    allowInvalidLabelValueInSelector: hasInvalidLabelValue(valueAt(old, 'spec', 'selector')),
    allowInvalidApiGroupInDataSource: ['dataSource', 'dataSourceRef'].some((field) => {
      const group = textAt(old, 'spec', field, 'apiGroup');
      return group !== '' && validateDns1123Subdomain(group).length > 0;
    }),
  });
}

/** Source: `ValidatePersistentVolumeClaimUpdate`, same file. */
export function validateClaimUpdate(claim: KubernetesObject, before: KubernetesObject): readonly FieldError[] {
  const old = normalizeDataSources(before);
  const isUpgraded = isUpgradedFromAnnotation(claim, old);
  const [spec, oldSpec] = [comparableSpec(claim, old, isUpgraded), comparableOldSpec(claim, old)];
  const immutable = () =>
    `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${shownDifference(shownSpec(oldSpec), shownSpec(spec))}`;
  return [
    ...validateClaim(claim, old),
    ...(isUpgraded ? NONE : validateSameAnnotation(claim, old)),
    ...(semanticEqual(spec, oldSpec) ? NONE : [forbidden(SPEC, immutable())]),
    ...validateShrinking(claim, old),
    ...validateImmutableField(
      pointerAt(claim, 'spec', 'volumeMode'),
      pointerAt(old, 'spec', 'volumeMode'),
      ValidationPath.of('volumeMode'),
    ),
    ...validateAttributesClass(claim, old),
  ];
}

/** A class may move from its old annotation into its field. */
function isUpgradedFromAnnotation(claim: KubernetesObject, old: KubernetesObject): boolean {
  const before = annotationsOf(old).get(STORAGE_CLASS_ANNOTATION);
  const after = annotationsOf(claim).get(STORAGE_CLASS_ANNOTATION);
  if (before === undefined || pointerAt(old, 'spec', 'storageClassName') !== undefined) return false;
  return pointerAt(claim, 'spec', 'storageClassName') === before && (after === undefined || after === before);
}

function validateSameAnnotation(claim: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const [after, before] = [claim, old].map((one) => annotationsOf(one).get(STORAGE_CLASS_ANNOTATION) ?? '');
  if (after === before) return NONE;
  const path = ValidationPath.of('metadata', 'annotations', STORAGE_CLASS_ANNOTATION);
  return [invalid(path, after ?? '', 'field is immutable')];
}

/** The spec without what an update may change. */
function comparableSpec(claim: KubernetesObject, old: KubernetesObject, isUpgraded: boolean): JsonObject {
  const spec = objectAt(claim, 'spec') ?? {};
  const annotation = annotationsOf(old).get(STORAGE_CLASS_ANNOTATION);
  const name = pointerAt(spec, 'storageClassName');
  const hadNone = pointerAt(old, 'spec', 'storageClassName') === undefined;
  const isNew = hadNone && name !== undefined && (annotation === undefined || annotation === name);
  const kept = isUpgraded || isNew ? omit(spec, 'storageClassName') : spec;
  if (textAt(claim, 'status', 'phase') !== 'Bound') return withCanonicalAmounts(kept);
  const withClass = { ...kept, volumeAttributesClassName: valueAt(old, 'spec', 'volumeAttributesClassName') ?? null };
  if (objectAt(withClass, 'resources', 'requests') === undefined) return withCanonicalAmounts(withClass);
  const storage = valueAt(old, 'spec', 'resources', 'requests', 'storage') ?? '0';
  return withCanonicalAmounts(
    updateStruct(withClass, 'resources', (resources) =>
      updateStruct(resources, 'requests', (requests) => ({ ...requests, storage })),
    ),
  );
}

function comparableOldSpec(claim: KubernetesObject, old: KubernetesObject): JsonObject {
  const spec = withCanonicalAmounts(objectAt(old, 'spec') ?? {});
  if (textAt(spec, 'volumeName') !== '') return spec;
  return { ...spec, volumeName: textAt(claim, 'spec', 'volumeName') };
}

/** The internal form of the spec. Source: pkg/apis/core/types.go, 1.36. */
function shownSpec(spec: JsonObject): JsonValue {
  const shown = {
    ...spec,
    selector: shownLabelSelector(spec['selector']),
    resources: {
      Limits: shownMap(valueAt(spec, 'resources', 'limits')),
      Requests: shownMap(valueAt(spec, 'resources', 'requests')),
    },
  };
  const fields = [
    'AccessModes:accessModes:any Selector:selector:kept Resources:resources:kept VolumeName:volumeName',
    'StorageClassName:storageClassName:any VolumeMode:volumeMode:any DataSource:dataSource:Local',
    'DataSourceRef:dataSourceRef:Typed VolumeAttributesClassName:volumeAttributesClassName:any',
  ];
  return shownStruct(shown, fields.join(' '), {
    Local: 'APIGroup:apiGroup:any Kind:kind Name:name',
    Typed: 'APIGroup:apiGroup:any Kind:kind Name:name Namespace:namespace:any',
  });
}

function withCanonicalAmounts(spec: JsonObject): JsonObject {
  const canonical = (list: string): JsonValue => {
    const amounts = valueAt(spec, 'resources', list);
    if (amounts === undefined) return null;
    const entries = [...resourceListOf(amounts)].map(([name, amount]) => [name, canonicalQuantity(amount)] as const);
    return Object.fromEntries(entries);
  };
  const resources = { requests: canonical('requests'), limits: canonical('limits') };
  return { ...spec, volumeName: textAt(spec, 'volumeName'), resources };
}

function validateShrinking(claim: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const amount = (value: JsonValue | undefined) => quantityOf(value) ?? ZERO;
  const size = amount(valueAt(claim, 'spec', 'resources', 'requests', 'storage'));
  const before = amount(valueAt(old, 'spec', 'resources', 'requests', 'storage'));
  const actual = amount(valueAt(old, 'status', 'capacity', 'storage'));
  if (compareQuantities(size, before) >= 0 || compareQuantities(size, actual) > 0) return NONE;
  return [forbidden(STORAGE, 'field can not be less than status.capacity')];
}

function validateAttributesClass(claim: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const name = pointerAt(claim, 'spec', 'volumeAttributesClassName');
  if (name === pointerAt(old, 'spec', 'volumeAttributesClassName')) return NONE;
  if (pointerAt(old, 'status', 'currentVolumeAttributesClassName') === undefined) return NONE;
  const what = name === undefined ? 'nil' : 'empty string';
  if (name !== undefined && name !== '') return NONE;
  const detail = `update to ${what} is forbidden when status.currentVolumeAttributesClassName is not nil`;
  return [forbidden(CLASS, detail)];
}
