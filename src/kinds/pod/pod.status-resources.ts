import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required, tooLong } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { byteLength } from '../../apimachinery/utf8.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, asString, objectAt, valueAt } from '../../base/json.ts';
import { NONE, pointerAt, textAt, validateEach } from '../shared/validation/fields.ts';
import { STATUS } from '../shared/validation/status-counts.ts';

const CLAIM = 'claim:';
const NO_CLAIM =
  "must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty";
const NO_REQUEST = "must match one of the container's resource requests";
const HEALTH = ['Healthy', 'Unhealthy', 'Unknown'];
/** staging/src/k8s.io/api/core/v1/types.go `ResourceHealthMessageMaxLength`. */
const MAX_MESSAGE_BYTES = 1024;

/**
 * How the devices of containers do; of a container that the Pod does not have, names are not looked at.
 * Source: pkg/apis/core/validation/validation.go `validateContainerStatusAllocatedResourcesStatus`, 1.36.
 */
export function validateAllocatedResources(
  pod: KubernetesObject,
  list: string,
  containers: string,
): readonly FieldError[] {
  return validateEach(valueAt(pod, 'status', list), STATUS.child(list), (status, path) => {
    const name = textAt(status, 'name');
    const container = arrayAt(pod, 'spec', containers).find((one) => textAt(one, 'name') === name);
    return validateEach(
      valueAt(status, 'allocatedResourcesStatus'),
      path.child('allocatedResourcesStatus'),
      (one, at) => [
        ...(container === undefined ? NONE : validateName(textAt(one, 'name'), container, at.child('name'))),
        ...validateHealth(one, at.child('resources')),
      ],
    );
  });
}

function validateName(name: string, container: JsonValue, path: ValidationPath): readonly FieldError[] {
  const resources = valueAt(container, 'resources');
  if (!name.startsWith(CLAIM))
    return Object.hasOwn(objectAt(resources, 'requests') ?? {}, name) ? NONE : [invalid(path, name, NO_REQUEST)];
  const claims = arrayAt(resources, 'claims').map((claim) => {
    const request = textAt(claim, 'request');
    return `${CLAIM}${textAt(claim, 'name')}${request === '' ? '' : `/${request}`}`;
  });
  return claims.includes(name) ? NONE : [invalid(path, name, NO_CLAIM)];
}

function validateHealth(allocated: JsonValue, path: ValidationPath): readonly FieldError[] {
  const seen = new Set<string>();
  return validateEach(valueAt(allocated, 'resources'), path, (resource, at) => {
    const [health, id] = [textAt(resource, 'health'), textAt(resource, 'resourceID')];
    const isRepeated = seen.has(id);
    seen.add(id);
    return [
      ...(HEALTH.includes(health) ? NONE : [notSupported(at.child('health'), health, HEALTH)]),
      ...validateMessage(asString(pointerAt(resource, 'message')), at.child('message')),
      ...(isRepeated ? [duplicate(at.child('resourceID'), id)] : NONE),
    ];
  });
}

function validateMessage(message: string | undefined, path: ValidationPath): readonly FieldError[] {
  if (message === undefined) return NONE;
  if (message === '') return [required(path, 'must be non-empty if specified')];
  return byteLength(message) > MAX_MESSAGE_BYTES ? [tooLong(path, MAX_MESSAGE_BYTES)] : NONE;
}

/** Containers for debugging have no devices. Source: the same file, `validateContainerStatusNoAllocatedResourcesStatus`. */
export function validateNoAllocatedResources(pod: KubernetesObject, list: string): readonly FieldError[] {
  return validateEach(valueAt(pod, 'status', list), STATUS.child(list), (status, path) =>
    arrayAt(status, 'allocatedResourcesStatus').length === 0
      ? NONE
      : [forbidden(path.child('allocatedResourcesStatus'), 'must not be specified in container status')],
  );
}
