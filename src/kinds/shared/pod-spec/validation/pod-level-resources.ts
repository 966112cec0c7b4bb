import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../../../apimachinery/field-error.ts';
import { containerLimits, containerRequests } from '../../../../apimachinery/pod-resources.ts';
import { compareQuantities, formatQuantity } from '../../../../apimachinery/quantity.ts';
import { resourceListOf } from '../../../../apimachinery/resource-list.ts';
import type { ResourceList } from '../../../../apimachinery/resource-list.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, pointerAt, textAt, validateEach } from '../../validation/fields.ts';
import { isHugePageResourceName } from '../../validation/resource-names.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { validatePodLevelResourceRequirements } from './resources.ts';

/**
 * `spec.resources` of a Pod, beta and on since 1.34.
 * Source: pkg/apis/core/validation/validation.go `validatePodResources`, 1.36.
 */
export function validatePodLevelResources(
  spec: JsonValue | undefined,
  claimNames: ReadonlySet<string>,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const resources = pointerAt(spec, 'resources');
  if (resources === undefined) return NONE;
  if (textAt(spec, 'os', 'name') === 'windows') return [forbidden(path, 'may not be set for a windows pod')];
  return [
    ...(pointerAt(resources, 'claims') === undefined
      ? NONE
      : [forbidden(path.child('claims'), 'claims may not be set for Resources at pod-level')]),
    ...validatePodLevelResourceRequirements(resources, claimNames, path, options),
    ...validatePodResourceConsistency(spec, resources, path),
  ];
}

/** The Pod must have room for its containers. */
export function validatePodResourceConsistency(
  spec: JsonValue | undefined,
  resources: JsonValue,
  path: ValidationPath,
): readonly FieldError[] {
  const pod: JsonValue = { spec: spec ?? {} };
  const requests = resourceListOf(valueAt(resources, 'requests'));
  const limits = resourceListOf(valueAt(resources, 'limits'));
  const hugePages = new Map([...containerLimits(pod)].filter(([name]) => isHugePageResourceName(name)));
  return [
    ...validateRoom(containerRequests(pod), requests, path.child('requests'), 'requests'),
    ...validateRoom(hugePages, limits, path.child('limits'), 'limits'),
    ...validateEach(arrayAt(spec, 'containers'), path.child('containers'), (container, containerPath) =>
      validateContainerLimits(resourceListOf(valueAt(container, 'resources', 'limits')), limits, containerPath),
    ),
  ];
}

function validateRoom(
  needed: ResourceList,
  given: ResourceList,
  path: ValidationPath,
  kind: 'requests' | 'limits',
): readonly FieldError[] {
  return [...needed].flatMap(([name, quantity]) => {
    const room = given.get(name);
    if (room === undefined || compareQuantities(quantity, room) <= 0) return NONE;
    const detail = `must be greater than or equal to aggregate container ${kind} of ${formatQuantity(quantity)}`;
    return [invalid(path.key(name), formatQuantity(room), detail)];
  });
}

function validateContainerLimits(own: ResourceList, ofPod: ResourceList, path: ValidationPath): readonly FieldError[] {
  return [...own].flatMap(([name, quantity]) => {
    const limit = ofPod.get(name);
    if (limit === undefined || compareQuantities(quantity, limit) <= 0) return NONE;
    const detail = `must be less than or equal to pod limits of ${formatQuantity(limit)}`;
    return [invalid(path.key(name).child('limits'), formatQuantity(quantity), detail)];
  });
}
