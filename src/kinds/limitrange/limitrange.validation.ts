import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, forbidden, invalid, required } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import { compareQuantities, formatQuantity, makeQuantity, milliValueOf, valueOf } from '../../apimachinery/quantity.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import { NO_RESOURCES, resourceListOf } from '../../apimachinery/resource-list.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { compareStrings } from '../../base/compare.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { NONE, textAt, validateEach } from '../shared/validation/fields.ts';
import { validateQualifiedName } from '../shared/validation/messages.ts';
import {
  isOvercommitAllowed,
  validateContainerResourceName,
  validateResourceName,
} from '../shared/validation/resource-names.ts';

const LIMITS = ValidationPath.of('spec', 'limits');
const STANDARD_TYPES: ReadonlySet<string> = new Set(['Pod', 'Container', 'PersistentVolumeClaim']);

/** Source: pkg/apis/core/validation/validation.go `ValidateLimitRange`, 1.36. */
export function validateLimitRange(object: KubernetesObject): readonly FieldError[] {
  const types = new Set<string>();
  return validateEach(valueAt(object, 'spec', 'limits'), LIMITS, (item, path) => {
    const type = textAt(item, 'type');
    const isRepeated = types.has(type);
    types.add(type);
    return [
      ...validateType(type, path.child('type')),
      ...(isRepeated ? [duplicate(path.child('type'), type)] : NONE),
      ...validateItem(item, type, path),
    ];
  });
}

function validateType(type: string, path: ValidationPath): readonly FieldError[] {
  const errors = validateQualifiedName(type, path);
  if (errors.length > 0 || type.includes('/') || STANDARD_TYPES.has(type)) return errors;
  return [invalid(path, type, 'must be a standard limit type or fully qualified')];
}

interface Amounts {
  readonly min: ResourceList;
  readonly max: ResourceList;
  readonly defaults: ResourceList;
  readonly requests: ResourceList;
  readonly ratios: ResourceList;
}

function validateItem(item: JsonValue, type: string, path: ValidationPath): readonly FieldError[] {
  const isPod = type === 'Pod';
  const read = (field: string) => resourceListOf(valueAt(item, field));
  const [defaults, requests] = [read('default'), read('defaultRequest')];
  const amounts = {
    min: read('min'),
    max: read('max'),
    defaults: isPod ? NO_RESOURCES : defaults,
    requests: isPod ? NO_RESOURCES : requests,
    ratios: read('maxLimitRequestRatio'),
  };
  const notForPod = "may not be specified when `type` is 'Pod'";
  const notForPods = [...(defaults.size > 0 ? ['default'] : []), ...(requests.size > 0 ? ['defaultRequest'] : [])];
  return [
    ...validateNames(amounts.max, type, path.child('max')),
    ...validateNames(amounts.min, type, path.child('min')),
    ...(isPod
      ? notForPods.map((field) => forbidden(path.child(field), notForPod))
      : [
          ...validateNames(defaults, type, path.child('default')),
          ...validateNames(requests, type, path.child('defaultRequest')),
        ]),
    ...validateClaimItem(amounts, type, path),
    ...validateNames(amounts.ratios, type, path.child('maxLimitRequestRatio')),
    ...validateAmounts(amounts, path),
  ];
}

function validateNames(list: ResourceList, type: string, path: ValidationPath): readonly FieldError[] {
  const validate = type === 'Pod' || type === 'Container' ? validateContainerResourceName : validateResourceName;
  return [...list.keys()].flatMap((name) => validate(name, path.key(name)));
}

function validateClaimItem({ min, max }: Amounts, type: string, path: ValidationPath): readonly FieldError[] {
  if (type !== 'PersistentVolumeClaim' || min.has('storage') || max.has('storage')) return NONE;
  const detail = 'either minimum or maximum storage value is required, but neither was provided';
  return [required(path.child('limits'), detail)];
}

function validateAmounts(amounts: Amounts, path: ValidationPath): readonly FieldError[] {
  const names = new Set(Object.values(amounts).flatMap((list: ResourceList) => [...list.keys()]));
  return [...names].sort(compareStrings).flatMap((name) => validateAmountsOf(name, amounts, path));
}

function isMore(a: Quantity | undefined, b: Quantity | undefined): boolean {
  return a !== undefined && b !== undefined && compareQuantities(a, b) > 0;
}

/** Rules as [is broken, field, value shown, words], in upstream's order. */
function validateAmountsOf(name: string, amounts: Amounts, path: ValidationPath): readonly FieldError[] {
  const [min, max] = [amounts.min.get(name), amounts.max.get(name)];
  const [limit, request] = [amounts.defaults.get(name), amounts.requests.get(name)];
  const say = (quantity: Quantity | undefined) => (quantity === undefined ? '' : formatQuantity(quantity));
  const rules: readonly (readonly [boolean, string, Quantity | undefined, string])[] = [
    [isMore(min, max), 'min', min, `min value ${say(min)} is greater than max value ${say(max)}`],
    [
      isMore(min, request),
      'defaultRequest',
      request,
      `min value ${say(min)} is greater than default request value ${say(request)}`,
    ],
    [
      isMore(request, max),
      'defaultRequest',
      request,
      `default request value ${say(request)} is greater than max value ${say(max)}`,
    ],
    [
      isMore(request, limit),
      'defaultRequest',
      request,
      `default request value ${say(request)} is greater than default limit value ${say(limit)}`,
    ],
    [isMore(min, limit), 'default', min, `min value ${say(min)} is greater than default value ${say(limit)}`],
    [isMore(limit, max), 'default', max, `default value ${say(limit)} is greater than max value ${say(max)}`],
  ];
  const mustMatch = `default value ${say(limit)} must equal to defaultRequest value ${say(request)} in ${name}`;
  const differ = isMore(limit, request) || isMore(request, limit);
  return [
    ...rules.flatMap(([isBroken, field, value, detail]) =>
      isBroken ? [invalid(path.child(field).key(name), say(value), detail)] : NONE,
    ),
    ...validateRatio(amounts.ratios.get(name), min, max, path.child('maxLimitRequestRatio').key(name)),
    ...(!isOvercommitAllowed(name) && differ
      ? [invalid(path.child('defaultRequest').key(name), say(request), mustMatch)]
      : NONE),
  ];
}

const ONE = makeQuantity(1n);
/** Thousandths beyond this do not fit. Source: apimachinery/pkg/api/resource/scale_int.go `MaxMilliValue`, 1.36. */
const MAX_MILLI_VALUE = (1n << 63n) / 1000n;

function validateRatio(
  ratio: Quantity | undefined,
  min: Quantity | undefined,
  max: Quantity | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  if (ratio === undefined) return NONE;
  const text = formatQuantity(ratio);
  const low = compareQuantities(ratio, ONE) < 0 ? [invalid(path, text, `ratio ${text} is less than 1`)] : NONE;
  if (min === undefined || max === undefined) return low;
  const isExact = [ratio, min, max].every((quantity) => valueOf(quantity) < MAX_MILLI_VALUE);
  const numberOf = (quantity: Quantity) => Number(isExact ? milliValueOf(quantity) : valueOf(quantity));
  const value = isExact ? numberOf(ratio) / 1000 : numberOf(ratio);
  const limit = numberOf(max) / numberOf(min);
  if (!(value > limit)) return low;
  return [...low, invalid(path, text, `ratio ${text} is greater than max/min = ${goFixed(limit)}`)];
}

/** `%f` of Go. */
function goFixed(value: number): string {
  if (Number.isFinite(value)) return value.toFixed(6);
  return value > 0 ? '+Inf' : '-Inf';
}
