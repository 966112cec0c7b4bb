import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { defaultDeviceClaimSpec } from '../shared/defaults/device-claim.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { validateDeviceClaim } from '../shared/validation/device-claim.ts';
import { NONE } from '../shared/validation/fields.ts';
import { validateTemplateObjectMeta } from '../shared/validation/object-meta.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { shownDeviceClaimSpec } from '../shared/validation/shown-device-claim.ts';
import type { KindStrategy } from '../strategy.ts';

const SPEC = ValidationPath.of('spec');

/**
 * Source: pkg/registry/resource/resourceclaimtemplate/strategy.go and pkg/apis/resource/validation/validation.go, 1.36. Not
 * judged: what is not judged of a ResourceClaim.
 */
export const resourceClaimTemplateStrategy: KindStrategy = {
  group: 'resource.k8s.io',
  kind: 'ResourceClaimTemplate',
  hasStatus: false,
  hasGeneration: false,
  setDefaults,
  validate,
  validateUpdate,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  if (objectAt(object, 'spec', 'spec') === undefined) return object;
  return updateStruct(object, 'spec', (spec) => updateStruct(spec, 'spec', defaultDeviceClaimSpec));
}

function validate(object: KubernetesObject): readonly FieldError[] {
  return [
    ...validateTemplateObjectMeta(valueAt(object, 'spec', 'metadata'), SPEC.child('metadata')),
    ...validateDeviceClaim(valueAt(object, 'spec', 'spec', 'devices'), SPEC.child('spec', 'devices')),
  ];
}

function validateUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const shown = shownTemplate(valueAt(object, 'spec'));
  if (semanticEqual(shown, shownTemplate(valueAt(old, 'spec')))) return NONE;
  return [invalid(SPEC, shown, 'field is immutable')];
}

/** The fields of metadata in the order of the Go struct. */
const METADATA_FIELDS = [
  'name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp',
  'deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields',
].flatMap((line) => line.split(' '));

/** Metadata keeps its JSON names, beside the spec; what is empty is left out. */
function shownTemplate(spec: JsonValue | undefined): JsonObject {
  const metadata = METADATA_FIELDS.map((name) => [name, valueAt(spec, 'metadata', name)] as const);
  const written = metadata.flatMap(([name, value]) => (isEmpty(value) ? [] : [[name, value!] as const]));
  return { ...Object.fromEntries(written), Spec: shownDeviceClaimSpec(valueAt(spec, 'spec')) };
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === '' || value === 0;
}
