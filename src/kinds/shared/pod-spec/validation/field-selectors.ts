import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../../../apimachinery/field-error.ts';
import { validateLabelKey } from '../../../../apimachinery/label-names.ts';
import { formatQuantity, isZeroQuantity, readQuantityField } from '../../../../apimachinery/quantity.ts';
import type { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../../base/json.ts';
import { valueAt } from '../../../../base/json.ts';
import { NONE, textAt } from '../../validation/fields.ts';
import { invalidFor } from '../../validation/messages.ts';

/**
 * What the downward API can take from a Pod, and from the resources of its containers.
 * Source: pkg/apis/core/validation/validation.go and pkg/apis/core/pods/helpers.go, 1.36.
 */
const KNOWN_PATHS: ReadonlySet<string> = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);

/** `fieldRef`; `supported` are the paths good in this place, sorted. */
export function validateObjectFieldSelector(
  selector: JsonValue,
  supported: readonly string[],
  path: ValidationPath,
): readonly FieldError[] {
  const [version, label] = [textAt(selector, 'apiVersion'), textAt(selector, 'fieldPath')];
  if (version === '') return [required(path.child('apiVersion'))];
  const fieldPath = path.child('fieldPath');
  if (label === '') return [required(fieldPath)];
  const wrong = conversionProblem(version, label);
  if (wrong !== undefined) return [invalid(fieldPath, label, `error converting fieldPath: ${wrong}`)];
  const subscripted = splitSubscript(label);
  if (subscripted) {
    const { map, key } = subscripted;
    return invalidFor(
      path,
      map === 'metadata.annotations' ? key.toLowerCase() : key,
      validateLabelKey(map === 'metadata.annotations' ? key.toLowerCase() : key),
    );
  }
  const internal = label === 'spec.host' ? 'spec.nodeName' : label;
  return supported.includes(internal) ? NONE : [notSupported(fieldPath, internal, supported)];
}

function conversionProblem(version: string, label: string): string | undefined {
  if (version !== 'v1') return `unsupported pod version: ${version}`;
  const subscripted = splitSubscript(label);
  if (subscripted) {
    const good = subscripted.map === 'metadata.annotations' || subscripted.map === 'metadata.labels';
    return good ? undefined : `field label does not support subscript: ${label}`;
  }
  // Clients of old still write spec.host.
  return KNOWN_PATHS.has(label) || label === 'spec.host' ? undefined : `field label not supported: ${label}`;
}

/** `metadata.labels['app']` is the key `app` of the map `metadata.labels`. */
export function splitSubscript(label: string): { readonly map: string; readonly key: string } | undefined {
  if (!label.endsWith("']")) return undefined;
  const start = label.slice(0, -2).indexOf("['");
  return start <= 0 ? undefined : { map: label.slice(0, start), key: label.slice(start + 2, -2) };
}

/** In the order of the alphabet, as the server lists them. */
const RESOURCE_FIELDS = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
] as const;

const HUGE_PAGES = /^(?:limits|requests)\.hugepages-/;

/** `resourceFieldRef`: in a volume it says whose resources, in a variable they are the container's own. */
export function validateResourceFieldSelector(
  selector: JsonValue,
  path: ValidationPath,
  place: 'volume' | 'variable',
): readonly FieldError[] {
  const resource = textAt(selector, 'resource');
  return [
    ...validateResourceField(selector, resource, path, place),
    ...validateDivisor(resource, valueAt(selector, 'divisor'), path.child('divisor')),
  ];
}

function validateResourceField(
  selector: JsonValue,
  resource: string,
  path: ValidationPath,
  place: 'volume' | 'variable',
): readonly FieldError[] {
  if (place === 'volume' && textAt(selector, 'containerName') === '') return [required(path.child('containerName'))];
  if (resource === '') return [required(path.child('resource'))];
  if ((RESOURCE_FIELDS as readonly string[]).includes(resource) || HUGE_PAGES.test(resource)) return NONE;
  return [notSupported(path.child('resource'), resource, RESOURCE_FIELDS)];
}

const CPU_DIVISORS: ReadonlySet<string> = new Set(['1m', '1']);
const BYTE_UNITS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];
const BYTE_DIVISORS: ReadonlySet<string> = new Set(BYTE_UNITS);

function validateDivisor(resource: string, value: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const divisor = readQuantityField(value);
  if (typeof divisor === 'string' || isZeroQuantity(divisor)) return NONE;
  const written = formatQuantity(divisor);
  if (resource === 'limits.cpu' || resource === 'requests.cpu') {
    if (CPU_DIVISORS.has(written)) return NONE;
    return [invalid(path, resource, "only divisor's values 1m and 1 are supported with the cpu resource")];
  }
  const name = byteResourceName(resource);
  if (name === undefined || BYTE_DIVISORS.has(written)) return NONE;
  return [
    invalid(path, resource, `only divisor's values ${BYTE_UNITS.join(', ')} are supported with the ${name} resource`),
  ];
}

function byteResourceName(resource: string): string | undefined {
  if (HUGE_PAGES.test(resource)) return 'hugepages';
  if (resource === 'limits.memory' || resource === 'requests.memory') return 'memory';
  const isStorage = resource === 'limits.ephemeral-storage' || resource === 'requests.ephemeral-storage';
  return isStorage ? 'local ephemeral storage' : undefined;
}
