import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../../../../apimachinery/field-error.ts';
import { isPodLevelResource } from '../../../../apimachinery/pod-resources.ts';
import { compareQuantities, formatQuantity } from '../../../../apimachinery/quantity.ts';
import type { Quantity } from '../../../../apimachinery/quantity.ts';
import { resourceListOf } from '../../../../apimachinery/resource-list.ts';
import type { ResourceList } from '../../../../apimachinery/resource-list.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import { compareStrings } from '../../../../base/compare.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { arrayAt, valueAt } from '../../../../base/json.ts';
import { NONE, textAt } from '../../validation/fields.ts';
import { validateDnsLabel } from '../../validation/messages.ts';
import {
  isHugePageResourceName,
  isHugePageValueDivisible,
  isOvercommitAllowed,
  validateContainerResourceName,
  validateResourceName,
  validateResourceQuantityValue,
} from '../../validation/resource-names.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';

type ValidateResourceName = (name: string, path: ValidationPath) => readonly FieldError[];

/**
 * `resources` of a container. Source: pkg/apis/core/validation/validation.go `ValidateContainerResourceRequirements`,
 * 1.36. Where the server walks its maps in no order, the order is that of the manifest.
 */
export function validateContainerResources(
  resources: JsonValue | undefined,
  claimNames: ReadonlySet<string>,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  if (resources === undefined) return NONE;
  return validateResourceRequirements(resources, validateContainerResourceName, claimNames, path, options);
}

/** The same rules for `spec.resources` of a Pod, which knows fewer resources. */
export function validatePodLevelResourceRequirements(
  resources: JsonValue,
  claimNames: ReadonlySet<string>,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  return validateResourceRequirements(resources, validatePodResourceName, claimNames, path, options);
}

export function validatePodResourceName(name: string, path: ValidationPath): readonly FieldError[] {
  const errors = validateResourceName(name, path);
  if (errors.length > 0 || isPodLevelResource(name)) return errors;
  return [notSupported(path, name, ['cpu', 'hugepages-', 'memory'])];
}

function validateResourceRequirements(
  resources: JsonValue,
  validateName: ValidateResourceName,
  claimNames: ReadonlySet<string>,
  path: ValidationPath,
  options: PodValidationOptions,
): readonly FieldError[] {
  const limits = resourceListOf(valueAt(resources, 'limits'));
  const requests = resourceListOf(valueAt(resources, 'requests'));
  const names = [...limits.keys(), ...requests.keys()];
  const needsMore = names.some(isHugePageResourceName) && !names.some((name) => name === 'cpu' || name === 'memory');
  return [
    ...validateList(limits, path.child('limits'), validateName, options, () => NONE),
    ...validateList(requests, path.child('requests'), validateName, options, (name, request) =>
      validateAgainstLimit(name, request, limits, path),
    ),
    ...(needsMore ? [forbidden(path, 'HugePages require cpu or memory')] : NONE),
    ...validateClaims(arrayAt(resources, 'claims'), claimNames, path.child('claims')),
  ];
}

function validateList(
  list: ResourceList,
  path: ValidationPath,
  validateName: ValidateResourceName,
  options: PodValidationOptions,
  compare: (name: string, quantity: Quantity) => readonly FieldError[],
): readonly FieldError[] {
  return [...list].flatMap(([name, quantity]) => {
    const keyPath = path.key(name);
    return [
      ...validateName(name, keyPath),
      ...validateResourceQuantityValue(name, quantity, keyPath),
      ...compare(name, quantity),
      ...validateHugePages(name, quantity, keyPath, options),
    ];
  });
}

function validateHugePages(
  name: string,
  quantity: Quantity,
  path: ValidationPath,
  { allowIndivisibleHugePagesValues }: PodValidationOptions,
): readonly FieldError[] {
  if (!isHugePageResourceName(name) || allowIndivisibleHugePagesValues || isHugePageValueDivisible(name, quantity)) {
    return NONE;
  }
  const written = formatQuantity(quantity);
  return [invalid(path, written, `${written} is not positive integer multiple of ${name}`)];
}

function validateAgainstLimit(
  name: string,
  request: Quantity,
  limits: ResourceList,
  path: ValidationPath,
): readonly FieldError[] {
  const limit = limits.get(name);
  if (limit === undefined) {
    if (isOvercommitAllowed(name)) return NONE;
    return [required(path.child('limits'), 'Limit must be set for non overcommitable resources')];
  }
  const order = compareQuantities(request, limit);
  const mustBe =
    order !== 0 && !isOvercommitAllowed(name) ? 'equal to' : order > 0 ? 'less than or equal to' : undefined;
  if (mustBe === undefined) return NONE;
  const detail = `must be ${mustBe} ${name} limit of ${formatQuantity(limit)}`;
  return [invalid(path.child('requests'), formatQuantity(request), detail)];
}

/** `claims` of a container: names of the Pod's claims, whole or a request of them, no part twice. */
function validateClaims(
  claims: readonly JsonValue[],
  podClaimNames: ReadonlySet<string>,
  path: ValidationPath,
): readonly FieldError[] {
  const seen = new Set<string>();
  return claims.flatMap((claim, index) => {
    const name = textAt(claim, 'name');
    const claimPath = path.index(index);
    if (name === '') return [required(claimPath)];
    const errors = [...validateClaimPart(name, textAt(claim, 'request'), seen, claimPath)];
    if (!podClaimNames.has(name)) {
      errors.push({ reason: 'FieldValueNotFound', path: claimPath, badValue: name, detail: notAClaim(podClaimNames) });
    }
    return errors;
  });
}

function notAClaim(podClaimNames: ReadonlySet<string>): string {
  const known =
    podClaimNames.size === 0 ? ' which is empty' : `: ${[...podClaimNames].sort(compareStrings).join(', ')}`;
  return `must be one of the names in pod.spec.resourceClaims${known}`;
}

function validateClaimPart(
  name: string,
  request: string,
  seen: Set<string>,
  path: ValidationPath,
): readonly FieldError[] {
  if (seen.has(name)) return [duplicate(path, name)];
  const key = request === '' ? name : `${name}/${request}`;
  const errors = request === '' ? [] : [...validateDnsLabel(request, path.child('request'))];
  if (seen.has(key)) errors.push(duplicate(path, key));
  else if (request === '') {
    for (const part of seen) if (part.startsWith(`${name}/`)) errors.push(duplicate(path, name));
  }
  seen.add(key);
  return errors;
}
