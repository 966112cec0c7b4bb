import { formatCidr, formatIp, parseCidr, parseIp } from './ip.ts';
import type { Cidr } from './ip.ts';
import { quoteString } from './quoted-string.ts';
import { WELL_FORMED } from './validation-messages.ts';
import type { Messages } from './validation-messages.ts';

/**
 * Whether fields hold good addresses and networks, in the API server's words. Strict reading (feature gate
 * StrictIPCIDRValidation) is beta and on in 1.36; values that an object already had stay good, which the caller sees to.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go, 1.36.
 */
export interface IpValidationOptions {
  /** On unless said. */
  readonly strict?: boolean;
}

const NO_IP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const NO_CIDR = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
const NO_INTERFACE = 'must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)';

function mustBeCanonical(canonical: string): string {
  return `must be in canonical form (${quoteString(canonical)})`;
}

/** Fields older than strict reading: Service, Pod, Node, Endpoints, NetworkPolicy. Any spelling of an address is good. */
export function validateLegacyIp(text: string, { strict = true }: IpValidationOptions = {}): Messages {
  const address = parseIp(text);
  if (!address) return [NO_IP];
  if (!strict) return WELL_FORMED;
  if (address.leadingZeros) return ['must not have leading 0s'];
  return address.mapped ? ['must not be an IPv4-mapped IPv6 address'] : WELL_FORMED;
}

/** Newer fields: only the canonical spelling is good. */
export function validateIp(text: string): Messages {
  const messages = validateLegacyIp(text);
  if (messages.length > 0) return messages;
  const canonical = formatIp(parseIp(text)!);
  return text === canonical ? WELL_FORMED : [mustBeCanonical(canonical)];
}

/** Fields older than strict reading. Any spelling of a network is good. */
export function validateLegacyCidr(text: string, { strict = true }: IpValidationOptions = {}): Messages {
  const cidr = parseCidr(text);
  if (!cidr) return [NO_CIDR];
  if (!strict) return WELL_FORMED;
  if (hasLeadingZeros(cidr)) return ['must not have leading 0s in IP or prefix length'];
  if (cidr.address.mapped) return ['must not have an IPv4-mapped IPv6 address'];
  return hasHostBits(cidr) ? ['must not have bits set beyond the prefix length'] : WELL_FORMED;
}

function hasLeadingZeros({ leadingZeros, address }: Cidr): boolean {
  return leadingZeros === true || address.leadingZeros === true;
}

function hasHostBits({ address, family, network }: Cidr): boolean {
  return address.family !== family || address.value !== network;
}

/** Newer fields: only the canonical spelling of a network is good. */
export function validateCidr(text: string): Messages {
  const messages = validateLegacyCidr(text);
  if (messages.length > 0) return messages;
  const canonical = formatCidr(parseCidr(text)!);
  return text === canonical ? WELL_FORMED : [mustBeCanonical(canonical)];
}

/** An address with the length of its network: `192.168.1.5/24`, in canonical form. */
export function validateInterfaceAddress(text: string): Messages {
  const cidr = parseCidr(text);
  if (!cidr) return [NO_INTERFACE];
  // The prefix length of a mapped address is taken as IPv4's while it can be, and as IPv6's beyond: 33 becomes -63.
  const isIpv6Length = cidr.address.mapped && cidr.family === 6 && cidr.prefixLength > 32;
  const canonical = `${formatIp(cidr.address)}/${cidr.prefixLength - (isIpv6Length ? 96 : 0)}`;
  return text === canonical ? WELL_FORMED : [mustBeCanonical(canonical)];
}

/** The server's warning about an address that is not written as it should be; none for what is no address. */
export function ipWarnings(field: string, text: string): Messages {
  const address = parseIp(text);
  if (!address) return WELL_FORMED;
  const canonical = formatIp(address);
  const [was, use] = [quoteString(text), quoteString(canonical)];
  if (address.leadingZeros || address.mapped)
    return [`${field}: non-standard IP address ${was} is invalid: use ${use}`];
  if (canonical === text) return WELL_FORMED;
  return [`${field}: IPv6 address ${was} should be in RFC 5952 canonical format (${use})`];
}

/** The server's warnings about a network that is not written as it should be; none for what is no network. */
export function cidrWarnings(field: string, text: string): Messages {
  const cidr = parseCidr(text);
  if (!cidr) return WELL_FORMED;
  const was = quoteString(text);
  const use = quoteString(formatCidr(cidr));
  const warnings: string[] = [];
  if (hasHostBits(cidr)) {
    const bits = cidr.address.family === 6 || cidr.address.mapped ? 128 : 32;
    const single = quoteString(`${formatIp(cidr.address)}/${bits}`);
    warnings.push(`${field}: CIDR value ${was} is ambiguous in this context (should be ${use} or ${single}?)`);
  }
  if (hasLeadingZeros(cidr) || cidr.address.mapped) {
    warnings.push(`${field}: non-standard CIDR value ${was} is invalid: use ${use}`);
  }
  if (warnings.length > 0 || formatCidr(cidr) === text) return warnings;
  return [`${field}: IPv6 CIDR value ${was} should be in RFC 5952 canonical format (${use})`];
}
