import type { FieldError } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import type { IpAddress } from '../../../apimachinery/ip.ts';
import { cidrContains, parseCidr, parseIp } from '../../../apimachinery/ip.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import { assert } from '../../../base/assert.ts';
import { NONE } from './fields.ts';

/** Networks are read once: a Service of a thousand Pods has them asked of each address at each change. */
function isIn(...networks: readonly string[]): (address: IpAddress) => boolean {
  const read = networks.flatMap((network) => parseCidr(network) ?? []);
  assert(read.length === networks.length, `no networks: ${networks.join(', ')}`);
  return (address) => read.some((network) => cidrContains(network, address));
}

const isUnspecified = isIn('0.0.0.0/32', '::/128');

const isLinkLocalMulticast4 = isIn('224.0.0.0/24');

/** What traffic must not be sent to. The words name ranges that upstream does not quite test for. */
const SPECIAL: readonly (readonly [holds: (address: IpAddress) => boolean, detail: string])[] = [
  [isIn('127.0.0.0/8', '::1/128'), 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  [isIn('169.254.0.0/16', 'fe80::/10'), 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
  [
    (address) => isLinkLocalMulticast4(address) || isLinkLocalMulticast6(address),
    'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  ],
];

/** The second byte says the reach of an IPv6 multicast address, in its lower half. */
function isLinkLocalMulticast6({ family, value }: IpAddress): boolean {
  return family === 6 && value >> 120n === 0xffn && ((value >> 112n) & 0xfn) === 2n;
}

/** Addresses that endpoints may have. Source: pkg/apis/core/validation/validation.go `ValidateEndpointIP`, 1.36. */
export function validateEndpointIp(text: string, path: ValidationPath): readonly FieldError[] {
  const address = parseIp(text);
  if (!address) return [invalid(path, text, 'must be a valid IP address')];
  if (isUnspecified(address)) return [invalid(path, text, `may not be unspecified (${text})`)];
  return SPECIAL.flatMap(([holds, detail]) => (holds(address) ? [invalid(path, text, detail)] : NONE));
}
