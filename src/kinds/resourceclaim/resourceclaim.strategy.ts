import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { valueAt } from '../../base/json.ts';
import { defaultDeviceClaimSpec } from '../shared/defaults/device-claim.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { validateDeviceClaim } from '../shared/validation/device-claim.ts';
import { NONE } from '../shared/validation/fields.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { shownDeviceClaimSpec } from '../shared/validation/shown-device-claim.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateClaimStatus, withoutDeallocatedDevices } from './resourceclaim.status.ts';

const SPEC = ValidationPath.of('spec');

/**
 * Source: pkg/registry/resource/resourceclaim/strategy.go and pkg/apis/resource/validation/validation.go, 1.36. Who
 * may have an administrator's access, and who may write the status, is asked with the cluster (src/admission/resource-claims).
 */
export const resourceClaimStrategy: KindStrategy = {
  group: 'resource.k8s.io',
  kind: 'ResourceClaim',
  hasStatus: true,
  hasGeneration: false,
  setDefaults: (object) => updateStruct(object, 'spec', defaultDeviceClaimSpec),
  // The spec of an object that is there cannot change, so an update is not judged by its rules.
  validate: (object, old) =>
    old === undefined ? validateDeviceClaim(valueAt(object, 'spec', 'devices'), SPEC.child('devices')) : NONE,
  validateUpdate,
  prepareStatus: withoutDeallocatedDevices,
  validateStatus: validateClaimStatus,
};

function validateUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const shown = shownDeviceClaimSpec(valueAt(object, 'spec'));
  if (semanticEqual(shown, shownDeviceClaimSpec(valueAt(old, 'spec')))) return NONE;
  return [invalid(SPEC, shown, 'field is immutable')];
}
