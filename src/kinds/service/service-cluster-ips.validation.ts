import type { FieldError } from '../../apimachinery/field-error.ts';
import { duplicate, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { parseIp } from '../../apimachinery/ip.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { NONE, pointerAt, textAt, textsAt, validateEnum } from '../shared/validation/fields.ts';
import { validateLegacyIpField } from '../shared/validation/ip-address.ts';
import { NO_CLUSTER_IP, isHeadless } from './service-spec.ts';

const SPEC = ValidationPath.of('spec');
const ADDRESSES = SPEC.child('clusterIPs');
const FAMILIES = SPEC.child('ipFamilies');
const POLICY = SPEC.child('ipFamilyPolicy');

const IP_FAMILIES = ['IPv4', 'IPv6'] as const;
const IP_FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'] as const;

/** Source: pkg/apis/core/validation/validation.go `ValidateServiceClusterIPsRelatedFields`, 1.36. */
export function validateClusterIps(spec: JsonValue | undefined, old?: JsonValue): readonly FieldError[] {
  if (textAt(spec, 'type') === 'ExternalName') return NONE;
  const addresses = textsAt(spec, 'clusterIPs');
  const invalidAddresses = validateEachAddress(addresses, textsAt(old, 'clusterIPs'));
  const errors = [
    ...validateFirst(textAt(spec, 'clusterIP'), addresses),
    ...validateFamilies(textsAt(spec, 'ipFamilies')),
    ...(pointerAt(spec, 'ipFamilyPolicy') === undefined
      ? NONE
      : validateEnum(textAt(spec, 'ipFamilyPolicy'), POLICY, IP_FAMILY_POLICIES)),
    ...invalidAddresses,
    ...(addresses.length > 2 ? [invalid(ADDRESSES, addresses, 'may only hold up to 2 values')] : NONE),
  ];
  if (invalidAddresses.length > 0) return errors;
  return [...errors, ...validateDualStack(addresses), ...validateFamilyOfEach(spec, addresses)];
}

function validateFirst(one: string, addresses: readonly string[]): readonly FieldError[] {
  if (one === '') {
    return addresses.length === 0
      ? NONE
      : [invalid(ADDRESSES, addresses, 'must be empty when `clusterIP` is not specified')];
  }
  if (addresses.length === 0) return [required(ADDRESSES)];
  return addresses[0] === one ? NONE : [invalid(ADDRESSES, addresses, 'first value must match `clusterIP`')];
}

function validateFamilies(families: readonly string[]): readonly FieldError[] {
  return families.flatMap((family, index) => {
    const path = FAMILIES.index(index);
    const isRepeated = families.indexOf(family) < index;
    const isKnown = IP_FAMILIES.some((known) => known === family);
    return [
      ...(isKnown ? NONE : [notSupported(path, family, IP_FAMILIES)]),
      ...(isRepeated ? [duplicate(path, family)] : NONE),
    ];
  });
}

function validateEachAddress(addresses: readonly string[], old: readonly string[]): readonly FieldError[] {
  return addresses.flatMap((address, index) => {
    if (index > 0 || address !== NO_CLUSTER_IP) return validateLegacyIpField(address, ADDRESSES.index(index), old);
    if (addresses.length === 1) return NONE;
    return [invalid(ADDRESSES, addresses, "'None' must be the first and only value")];
  });
}

function isIpv6(address: string): boolean {
  return parseIp(address)?.family === 6;
}

function validateDualStack(addresses: readonly string[]): readonly FieldError[] {
  if (addresses.length < 2) return NONE;
  if (new Set(addresses.map((address) => isIpv6(address))).size === 2) return NONE;
  return [invalid(ADDRESSES, addresses, 'may specify no more than one IP for each IP family')];
}

function validateFamilyOfEach(spec: JsonValue | undefined, addresses: readonly string[]): readonly FieldError[] {
  if (isHeadless(spec)) return NONE;
  const families = textsAt(spec, 'ipFamilies');
  return addresses.flatMap((address, index) => {
    const family = families[index];
    const isOther = isIpv6(address) ? family === 'IPv4' : family === 'IPv6';
    const detail = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    return isOther ? [invalid(ADDRESSES.index(index), address, detail)] : NONE;
  });
}

/** What an update may not do to the addresses. Source: `validateUpgradeDowngradeClusterIPs`, same file. */
export function validateClusterIpsUpdate(
  spec: JsonValue | undefined,
  old: JsonValue | undefined,
): readonly FieldError[] {
  if (isExternalNameOnce(spec, old) || (isHeadless(spec) && isHeadless(old))) return NONE;
  const [addresses, oldAddresses] = [textsAt(spec, 'clusterIPs'), textsAt(old, 'clusterIPs')];
  const changed = (index: number) => invalid(ADDRESSES.index(index), addresses, 'may not change once set');
  if (addresses.length === oldAddresses.length) {
    return oldAddresses.flatMap((address, index) => (address === addresses[index] ? NONE : [changed(index)]));
  }
  const isFirstOther = oldAddresses.length > 0 && addresses.length > 0 && addresses[0] !== oldAddresses[0];
  const errors = isFirstOther ? [changed(0)] : NONE;
  if (addresses.length > oldAddresses.length) return errors;
  if (addresses.length === 0) return [invalid(ADDRESSES.index(0), null, 'primary clusterIP can not be unset')];
  return [...errors, ...validateRelease(spec, addresses, 'clusterIP')];
}

/** Source: `validateUpgradeDowngradeIPFamilies`, same file; some errors show the addresses for the families. */
export function validateIpFamiliesUpdate(
  spec: JsonValue | undefined,
  old: JsonValue | undefined,
): readonly FieldError[] {
  if (isExternalNameOnce(spec, old) || isHeadless(spec) || isHeadless(old)) return NONE;
  const [families, oldFamilies] = [textsAt(spec, 'ipFamilies'), textsAt(old, 'ipFamilies')];
  const first = FAMILIES.index(0);
  if (families.length === oldFamilies.length) {
    return oldFamilies.flatMap((family, index) =>
      family === families[index] ? NONE : [invalid(first, families, 'may not change once set')],
    );
  }
  const addresses = textsAt(spec, 'clusterIPs');
  const isFirstOther = oldFamilies.length > 0 && families.length > 0 && families[0] !== oldFamilies[0];
  const shown = addresses.length === 0 ? null : addresses;
  const errors = isFirstOther ? [invalid(first, shown, 'may not change once set')] : NONE;
  if (families.length > oldFamilies.length) return errors;
  const unset = invalid(first, families.length === 0 ? null : families, 'primary ipFamily can not be unset');
  return [...(addresses.length === 0 ? [unset] : NONE), ...errors, ...validateRelease(spec, families, 'ipFamily')];
}

function isExternalNameOnce(spec: JsonValue | undefined, old: JsonValue | undefined): boolean {
  return [spec, old].some((one) => textAt(one, 'type') === 'ExternalName');
}

function validateRelease(spec: JsonValue | undefined, kept: readonly string[], what: string): readonly FieldError[] {
  if (kept.length !== 1 || textAt(spec, 'ipFamilyPolicy') === 'SingleStack') return NONE;
  const policy = pointerAt(spec, 'ipFamilyPolicy') ?? null;
  return [invalid(POLICY, policy, `must be set to 'SingleStack' when releasing the secondary ${what}`)];
}
