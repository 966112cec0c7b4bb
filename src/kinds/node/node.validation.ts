import type { FieldError } from '../../apimachinery/field-error.ts';
import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  required,
  internalError,
} from '../../apimachinery/field-error.ts';
import { parseCidr } from '../../apimachinery/ip.ts';
import { validateLabelValue } from '../../apimachinery/label-names.ts';
import { DNS_SUBDOMAIN_MAX_LENGTH } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { NONE, optionalIntegerAt, textAt, textsAt, validateEach } from '../shared/validation/fields.ts';
import { validateLegacyCidrField } from '../shared/validation/ip-address.ts';
import { validateLabelName } from '../shared/validation/messages.ts';
import { validatePositive } from '../shared/validation/numbers.ts';
import { validateResourceQuantityValue } from '../shared/validation/resource-names.ts';

const SPEC = ValidationPath.of('spec');
const STATUS = ValidationPath.of('status');
/** Upstream says that the taints are in the metadata. */
const TAINTS = ValidationPath.of('metadata', 'taints');
const SWAP = ValidationPath.of('metadata', 'nodeSwapStatus', 'capacity');
const CIDRS = SPEC.child('podCIDRs');
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;

/**
 * On an update taints and amounts are looked at twice. Annotations that say the same in JSON, and the removed
 * `configSource`, are not looked at. Source: pkg/apis/core/validation/validation.go `ValidateNode`,
 * `ValidateNodeUpdate`, 1.36.
 */
export function validateNode(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const [spec, status] = [valueAt(object, 'spec'), valueAt(object, 'status')];
  const swap = optionalIntegerAt(status, 'nodeInfo', 'swap', 'capacity');
  const created = [
    ...validateTaints(spec),
    ...validateAmounts(status),
    ...(swap === undefined ? NONE : validatePositive(swap, SWAP)),
    ...validateDeclaredFeatures(textsAt(status, 'declaredFeatures')),
    ...validateCidrs(textsAt(spec, 'podCIDRs')),
  ];
  return old === undefined ? created : [...created, ...validateNodeUpdate(object, old)];
}

export function validateNodeUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const [spec, status, oldSpec] = [valueAt(object, 'spec'), valueAt(object, 'status'), valueAt(old, 'spec')];
  const provider = textAt(oldSpec, 'providerID');
  const isMoved = provider !== '' && provider !== textAt(spec, 'providerID');
  const isRenamed = textAt(spec, 'externalID') !== textAt(oldSpec, 'externalID');
  const noProvider = 'node updates may not change providerID except from "" to valid';
  return [
    ...validateAmounts(status),
    ...validateDeclaredFeatures(textsAt(status, 'declaredFeatures')),
    ...validateAddressesOnce(arrayAt(status, 'addresses')),
    ...validateSameCidrs(textsAt(spec, 'podCIDRs'), textsAt(oldSpec, 'podCIDRs')),
    ...(isMoved ? [forbidden(SPEC.child('providerID'), noProvider)] : NONE),
    ...validateTaints(spec),
    ...(isRenamed ? [forbidden(SPEC.child('externalID'), 'may not be updated')] : NONE),
  ];
}

function validateTaints(spec: JsonValue | undefined): readonly FieldError[] {
  const taken = new Set<string>();
  return validateEach(valueAt(spec, 'taints'), TAINTS, (taint, path) => {
    const [key, value, effect] = [textAt(taint, 'key'), textAt(taint, 'value'), textAt(taint, 'effect')];
    const problems = validateLabelValue(value);
    const id = `${effect} ${key}`;
    const isRepeated = taken.has(id);
    taken.add(id);
    const shown = { Key: key, Value: value, Effect: effect, TimeAdded: valueAt(taint, 'timeAdded') ?? null };
    const unique = 'taints must be unique by key and effect pair';
    return [
      ...validateLabelName(key, path.child('key')),
      ...(problems.length === 0 ? NONE : [invalid(path.child('value'), value, problems.join(';'))]),
      ...validateEffect(effect, path.child('effect')),
      ...(isRepeated ? [{ ...duplicate(path, shown), detail: unique }] : NONE),
    ];
  });
}

function validateEffect(effect: string, path: ValidationPath): readonly FieldError[] {
  if (effect === '') return [required(path)];
  return EFFECTS.some((known) => known === effect) ? NONE : [notSupported(path, effect, EFFECTS)];
}

function validateAmounts(status: JsonValue | undefined): readonly FieldError[] {
  return ['capacity', 'allocatable'].flatMap((list) =>
    [...resourceListOf(valueAt(status, list))].flatMap(([name, quantity]) =>
      validateResourceQuantityValue(name, quantity, STATUS.child(list, name)),
    ),
  );
}

const FEATURE = /^([A-Z][A-Za-z0-9]*)(\/[A-Za-z0-9]+)*$/;
const FEATURE_FORM =
  "must start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes";

function featureProblem(feature: string): readonly string[] {
  if (feature.length > DNS_SUBDOMAIN_MAX_LENGTH) return [`must be no more than ${DNS_SUBDOMAIN_MAX_LENGTH} characters`];
  return FEATURE.test(feature) ? [] : [FEATURE_FORM];
}

function validateDeclaredFeatures(features: readonly string[]): readonly FieldError[] {
  const path = STATUS.child('declaredFeatures');
  return features.flatMap((feature, index) => {
    const next = features[index + 1];
    const nextPath = path.index(index + 1);
    const isUnsorted = next !== undefined && feature > next;
    return [
      ...featureProblem(feature).map((problem) =>
        invalid(path.index(index), feature, `invalid feature name "${feature}": ${problem}`),
      ),
      ...(next === feature ? [duplicate(nextPath, feature)] : NONE),
      ...(isUnsorted ? [invalid(nextPath, next, 'list must be sorted alphabetically')] : NONE),
    ];
  });
}

function validateCidrs(cidrs: readonly string[]): readonly FieldError[] {
  const errors = cidrs.flatMap((cidr, index) => validateLegacyCidrField(cidr, CIDRS.index(index)));
  if (cidrs.length < 2) return errors;
  const families = cidrs.map((cidr) => parseCidr(cidr)?.family);
  const isPair = cidrs.length === 2 && families.includes(4) && families.includes(6);
  const wrong = families.indexOf(undefined);
  return [
    ...errors,
    ...(wrong < 0 ? NONE : [internalError(CIDRS, unreadable(wrong, cidrs[wrong] ?? ''))]),
    ...(isPair ? NONE : [invalid(CIDRS, cidrs, 'may specify no more than one CIDR for each IP family')]),
  ];
}

function unreadable(index: number, cidr: string): string {
  const problem = `invalid CIDR[${index}]: <nil> (invalid CIDR address: ${cidr})`;
  return `invalid PodCIDRs. failed to check with dual stack with error:${problem}`;
}

function validateSameCidrs(cidrs: readonly string[], old: readonly string[]): readonly FieldError[] {
  const changed = forbidden(CIDRS, 'node updates may not change podCIDR except from "" to valid');
  if (old.length === 0) return NONE;
  if (old.length !== cidrs.length) return [changed];
  return old.flatMap((cidr, index) => (cidr === cidrs[index] ? NONE : [changed]));
}

function validateAddressesOnce(addresses: readonly JsonValue[]): readonly FieldError[] {
  const taken = new Set<string>();
  return addresses.flatMap((address, index) => {
    const [type, text] = [textAt(address, 'type'), textAt(address, 'address')];
    const id = `${type} ${text}`;
    if (taken.has(id)) return [duplicate(STATUS.child('addresses').index(index), { Type: type, Address: text })];
    taken.add(id);
    return NONE;
  });
}
