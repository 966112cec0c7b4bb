import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import { parseIp } from '../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt } from '../../base/json.ts';
import { NONE, textAt } from '../shared/validation/fields.ts';
import { validateLegacyIpField } from '../shared/validation/ip-address.ts';
import { STATUS } from '../shared/validation/status-counts.ts';

/** Source: pkg/apis/core/validation/validation.go `validatePodIPs`, 1.36. */
export function validatePodIps(pod: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  return validateAddresses(addressesOf(pod, 'podIPs'), addressesOf(old, 'podIPs'), 'podIPs');
}

/** Source: `validateHostIPs`, same file. */
export function validateHostIps(pod: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const addresses = addressesOf(pod, 'hostIPs');
  const [first] = addresses;
  if (first === undefined) return NONE;
  const path = STATUS.child('hostIPs');
  const isOther = first !== textAt(pod, 'status', 'hostIP');
  return [
    ...(isOther ? [invalid(path.index(0).child('ip'), first, 'must be equal to `hostIP`')] : NONE),
    ...validateAddresses(addresses, addressesOf(old, 'hostIPs'), 'hostIPs'),
  ];
}

/** Those that were there before may stay; two are one of each family. */
function validateAddresses(addresses: readonly string[], old: readonly string[], field: string): readonly FieldError[] {
  const path = STATUS.child(field);
  const families = new Set(addresses.map((address) => parseIp(address)?.family));
  const isPair = addresses.length === 2 && families.has(4) && families.has(6);
  const shown = addresses.map((address): JsonValue => ({ IP: address }));
  return [
    ...addresses.flatMap((address, index) => validateLegacyIpField(address, path.index(index), old)),
    ...(addresses.length < 2 || isPair
      ? NONE
      : [invalid(path, shown, 'may specify no more than one IP for each IP family')]),
  ];
}

function addressesOf(pod: KubernetesObject, field: string): readonly string[] {
  return arrayAt(pod, 'status', field).map((entry) => textAt(entry, 'ip'));
}
