import { formatIp, isGlobalUnicast } from '../../apimachinery/ip.ts';
import type { NetAddress, NetPrefix } from '../../apimachinery/netip.ts';
import { isMappedIpv4, parseNetAddress, parseNetPrefix } from '../../apimachinery/netip.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Special, Value } from '../value.ts';
import { special } from '../value.ts';
import type { Implementation } from './operators.ts';
import { text } from './strings.ts';

/** Source: staging/src/k8s.io/apiserver/pkg/cel/library/{ip,cidr}.go and apiserver/pkg/cel/{ip,cidr}.go, 1.36. */
const IP = 'net.IP';
const CIDR = 'net.CIDR';

/** A value of one of the two types: two are equal where their texts are. */
class Address {
  readonly address: NetAddress;
  /** In bits; undefined for an address without a prefix. */
  readonly length: number | undefined;
  constructor(address: NetAddress, length?: number) {
    this.address = address;
    this.length = length;
  }
  /** As many as are compared: of a network those of its prefix. */
  get bytes(): number {
    return Math.ceil((this.length ?? bitsOf(this.address)) / 8);
  }
  compareTo(other: Address): number {
    return this.toString() === other.toString() ? 0 : 1;
  }
  toString(): string {
    return `${formatIp(this.address)}${this.length === undefined ? '' : `/${this.length}`}`;
  }
}

const ipValue = (address: NetAddress): Special => ({ type: IP, value: new Address(address) });
const cidrValue = ({ address, length }: NetPrefix): Special => ({ type: CIDR, value: new Address(address, length) });

const bitsOf = ({ family }: NetAddress): number => (family === 4 ? 32 : 128);

/** The address, or why the text is none. */
function readIp(written: string): NetAddress | string {
  const address = parseNetAddress(written);
  const shown = quoteString(written);
  if (typeof address === 'string') return `IP Address ${shown} parse error during conversion from string: ${address}`;
  if (address.zone !== '') return `IP address ${shown} with zone value is not allowed`;
  return isMappedIpv4(address) ? `IPv4-mapped IPv6 address ${shown} is not allowed` : address;
}

function readCidr(written: string): NetPrefix | string {
  const prefix = parseNetPrefix(written);
  if (typeof prefix === 'string') return `network address parse error during conversion from string: ${prefix}`;
  return isMappedIpv4(prefix.address) ? `IPv4-mapped IPv6 address ${quoteString(written)} is not allowed` : prefix;
}

function needIp(written: string): NetAddress {
  const address = readIp(written);
  if (typeof address === 'string') throw new EvaluationError(address);
  return address;
}

function needCidr(written: string): NetPrefix {
  const prefix = readCidr(written);
  if (typeof prefix === 'string')
    throw new EvaluationError(`network address parse error during conversion from string: ${prefix}`);
  return prefix;
}

function own(value: Value | undefined, type: string): Address {
  const found = value === undefined ? undefined : special(value);
  if (found?.type !== type || !(found.value instanceof Address)) throw noSuchOverload();
  return found.value;
}

const ipIn = (value: Value | undefined): NetAddress => own(value, IP).address;

function cidrIn(value: Value | undefined): NetPrefix {
  const { address, length = 0 } = own(value, CIDR);
  return { address, length };
}

function masked({ address, length }: NetPrefix): NetPrefix {
  const rest = BigInt(bitsOf(address) - length);
  return { address: { ...address, value: (address.value >> rest) << rest }, length };
}

function contains(cidr: NetPrefix, address: NetAddress): boolean {
  const rest = BigInt(bitsOf(cidr.address) - cidr.length);
  return address.family === cidr.address.family && address.value >> rest === cidr.address.value >> rest;
}

const byFamily =
  (ofIpv4: (value: bigint) => boolean, ofIpv6: (value: bigint) => boolean): Implementation =>
  ([value]) => {
    const address = ipIn(value);
    return address.family === 4 ? ofIpv4(address.value) : ofIpv6(address.value);
  };

const isUnspecified = byFamily(
  (value) => value === 0n,
  (value) => value === 0n,
);
const isLoopback = byFamily(
  (value) => value >> 24n === 127n,
  (value) => value === 1n,
);
const isLinkLocalUnicast = byFamily(
  (value) => value >> 16n === 0xa9fen,
  (value) => value >> 118n === 0x3fan,
);
const isLinkLocalMulticast = byFamily(
  (value) => value >> 8n === 0xe00000n,
  (value) => ((value >> 112n) & 0xff0fn) === 0xff02n,
);

function toIp([value]: readonly Value[]): Value {
  const isCidr = value !== undefined && special(value)?.type === CIDR;
  return ipValue(isCidr ? cidrIn(value).address : needIp(text(value)));
}

function containsCidr([value, other]: readonly Value[]): Value {
  const [outer, inner] = [cidrIn(value), typeof other === 'string' ? needCidr(other) : cidrIn(other)];
  return outer.length <= inner.length && contains(outer, inner.address);
}

export const ADDRESSES: Readonly<Record<string, Implementation>> = {
  ip: toIp,
  isIP: ([value]) => typeof readIp(text(value)) !== 'string',
  'ip.isCanonical': ([value]) => formatIp(needIp(text(value))) === text(value),
  family: ([value]) => BigInt(ipIn(value).family),
  isUnspecified,
  isLoopback,
  isLinkLocalUnicast,
  isLinkLocalMulticast,
  isGlobalUnicast: ([value]) => isGlobalUnicast(ipIn(value)),
  cidr: ([value]) => cidrValue(needCidr(text(value))),
  isCIDR: ([value]) => typeof readCidr(text(value)) !== 'string',
  containsIP: ([value, ip]) => contains(cidrIn(value), typeof ip === 'string' ? needIp(ip) : ipIn(ip)),
  containsCIDR: containsCidr,
  prefixLength: ([value]) => BigInt(cidrIn(value).length),
  masked: ([value]) => cidrValue(masked(cidrIn(value))),
};
