import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import { validateLabelKey } from '../../../apimachinery/label-names.ts';
import type { Quantity } from '../../../apimachinery/quantity.ts';
import {
  formatQuantity,
  milliValueOf,
  parseQuantity,
  signOfQuantity,
  valueOf,
} from '../../../apimachinery/quantity.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { NONE } from './fields.ts';
import { validateQualifiedName } from './messages.ts';
import { validateNonnegativeQuantity } from './numbers.ts';

/**
 * Names of resources and the amounts they can have.
 * Source: pkg/apis/core/helper/helpers.go and pkg/apis/core/validation/validation.go, 1.36.
 */
const HUGE_PAGES_PREFIX = 'hugepages-';
const REQUESTS_PREFIX = 'requests.';

const STANDARD_CONTAINER_RESOURCES: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const COUNTED_RESOURCES = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const COUNTED: ReadonlySet<string> = new Set(COUNTED_RESOURCES);
const COMPUTE_RESOURCES = [...STANDARD_CONTAINER_RESOURCES].flatMap((name) => [
  name,
  `requests.${name}`,
  `limits.${name}`,
]);
const STANDARD_RESOURCES: ReadonlySet<string> = new Set([
  ...COMPUTE_RESOURCES,
  ...COUNTED_RESOURCES,
  'storage',
  'requests.storage',
]);
const STANDARD_QUOTA_RESOURCES: ReadonlySet<string> = new Set([
  ...COMPUTE_RESOURCES,
  ...COUNTED_RESOURCES,
  'requests.storage',
]);

export function isHugePageResourceName(name: string): boolean {
  return name.startsWith(HUGE_PAGES_PREFIX);
}

function isQuotaHugePageResourceName(name: string): boolean {
  return isHugePageResourceName(name) || name.startsWith(REQUESTS_PREFIX + HUGE_PAGES_PREFIX);
}

export function isStandardResourceName(name: string): boolean {
  return STANDARD_RESOURCES.has(name) || isQuotaHugePageResourceName(name);
}

export function isStandardQuotaResourceName(name: string): boolean {
  return STANDARD_QUOTA_RESOURCES.has(name) || isQuotaHugePageResourceName(name);
}

export function isStandardContainerResourceName(name: string): boolean {
  return STANDARD_CONTAINER_RESOURCES.has(name) || isHugePageResourceName(name);
}

/** Whether Kubernetes itself knows the resource: it has no domain, or one below kubernetes.io. */
export function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** A resource of a device plugin: `nvidia.com/gpu`. */
export function isExtendedResourceName(name: string): boolean {
  if (isNativeResource(name) || name.startsWith(REQUESTS_PREFIX)) return false;
  return validateLabelKey(REQUESTS_PREFIX + name).length === 0;
}

/** Whether a request may be below the limit. */
export function isOvercommitAllowed(name: string): boolean {
  return isNativeResource(name) && !isHugePageResourceName(name);
}

export function isIntegerResourceName(name: string): boolean {
  return COUNTED.has(name) || isExtendedResourceName(name);
}

export function validateResourceName(name: string, path: ValidationPath): readonly FieldError[] {
  const errors = validateQualifiedName(name, path);
  if (errors.length > 0 || name.includes('/') || isStandardResourceName(name)) return errors;
  return [invalid(path, name, 'must be a standard resource type or fully qualified')];
}

export function validateContainerResourceName(name: string, path: ValidationPath): readonly FieldError[] {
  if (STANDARD_CONTAINER_RESOURCES.has(name)) return NONE;
  const errors = validateResourceName(name, path);
  if (!name.includes('/')) {
    if (isStandardContainerResourceName(name)) return errors;
    return [...errors, invalid(path, name, 'must be a standard resource for containers')];
  }
  if (isNativeResource(name) || isExtendedResourceName(name)) return errors;
  return [...errors, invalid(path, name, "doesn't follow extended resource name standard")];
}

export function validateQuotaResourceName(name: string, path: ValidationPath): readonly FieldError[] {
  const errors = validateResourceName(name, path);
  if (name.includes('/') || isStandardQuotaResourceName(name)) return errors;
  return [...errors, invalid(path, name, 'must be a standard resource for quota')];
}

/** An amount: not negative, and whole where the resource is counted in pieces. */
export function validateResourceQuantityValue(
  name: string,
  quantity: Quantity,
  path: ValidationPath,
): readonly FieldError[] {
  const errors = validateNonnegativeQuantity(quantity, path);
  if (!isIntegerResourceName(name) || milliValueOf(quantity) % 1000n === 0n) return errors;
  return [...errors, invalid(path, formatQuantity(quantity), 'must be an integer')];
}

/** Whether an amount of huge pages is a whole number of pages of the size in the name. */
export function isHugePageValueDivisible(name: string, quantity: Quantity): boolean {
  const size = parseQuantity(name.slice(HUGE_PAGES_PREFIX.length));
  if (!size || signOfQuantity(size) <= 0 || milliValueOf(size) % 1000n !== 0n) return false;
  const bytes = valueOf(size);
  return bytes !== 0n && valueOf(quantity) % bytes === 0n;
}
