/**
 * IP addresses and networks.
 *
 * Reading is as lenient as the API server has always been: leading zeros in IPv4 are decimal, and `::ffff:1.2.3.4` is
 * the IPv4 address 1.2.3.4. Source: k8s.io/utils/net ParseIPSloppy and ParseCIDRSloppy, as used by
 * staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go, 1.36.
 */
export interface IpAddress {
  readonly family: 4 | 6;
  /** The address as a number of 32 or 128 bits. */
  readonly value: bigint;
  /** Written in a way that stricter readers refuse: leading zeros. */
  readonly leadingZeros?: true;
  /** Written as IPv4 inside IPv6. */
  readonly mapped?: true;
}

/** A network: an address and how many bits of it count. */
export interface Cidr {
  /** As written, bits beyond the prefix included. */
  readonly address: IpAddress;
  /** In bits of `family`. */
  readonly prefixLength: number;
  readonly family: 4 | 6;
  /** The first address. */
  readonly network: bigint;
  /** The prefix length was written with leading zeros. */
  readonly leadingZeros?: true;
}

const MAPPED_PREFIX = 0xffffn << 32n;

interface Bits {
  readonly value: bigint;
  readonly leadingZeros: boolean;
}

function parseIpv4(text: string): Bits | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let value = 0n;
  for (const octet of octets) {
    if (!/^[0-9]+$/.test(octet) || Number(octet) > 255) return undefined;
    value = value * 256n + BigInt(octet);
  }
  return { value, leadingZeros: octets.some((octet) => octet.length > 1 && octet.startsWith('0')) };
}

function parseIpv6(text: string): Bits | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => parseGroups(half));
  const whole = halves.length === 1;
  if (!head || (!whole && (!tail || head.dotted))) return undefined;
  const missing = 8 - head.groups.length - (tail?.groups.length ?? 0);
  if (whole ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head.groups, ...Array<number>(missing).fill(0), ...(tail?.groups ?? [])];
  const value = groups.reduce((sum, group) => sum * 0x10000n + BigInt(group), 0n);
  return { value, leadingZeros: head.leadingZeros || (tail?.leadingZeros ?? false) };
}

interface Groups {
  readonly groups: readonly number[];
  readonly leadingZeros: boolean;
  readonly dotted: boolean;
}

/** Groups of four hexadecimal digits, the last two of which may be an IPv4 address. */
function parseGroups(text: string): Groups | undefined {
  if (text === '') return { groups: [], leadingZeros: false, dotted: false };
  const groups: number[] = [];
  let leadingZeros = false;
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes('.')) {
      const ipv4 = parseIpv4(part);
      if (!ipv4) return undefined;
      groups.push(Number(ipv4.value >> 16n), Number(ipv4.value & 0xffffn));
      return { groups, leadingZeros: leadingZeros || ipv4.leadingZeros, dotted: true };
    }
    if (!/^[0-9a-fA-F]+$/.test(part) || Number(`0x${part}`) > 0xffff) return undefined;
    groups.push(Number(`0x${part}`));
    leadingZeros ||= part.length > 4;
  }
  return { groups, leadingZeros, dotted: false };
}

/** Reads an address; undefined when the text is none. Zones (`%eth0`) are not read. */
export function parseIp(text: string): IpAddress | undefined {
  const isIpv6 = text.includes(':');
  const bits = isIpv6 ? parseIpv6(text) : parseIpv4(text);
  if (!bits) return undefined;
  const zeros = bits.leadingZeros ? { leadingZeros: true as const } : {};
  if (!isIpv6) return { family: 4, value: bits.value, ...zeros };
  if (bits.value >> 32n !== 0xffffn) return { family: 6, value: bits.value, ...zeros };
  return { family: 4, value: bits.value & 0xffffffffn, mapped: true, ...zeros };
}

/** The canonical form: dotted IPv4, or IPv6 as RFC 5952 writes it. */
export function formatIp({ family, value }: { readonly family: 4 | 6; readonly value: bigint }): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
  const { start, length } = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The first of the longest runs of zero groups, which `::` stands for. */
function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > longest.length) longest = { start, length: end - start };
    start = Math.max(start, end - 1);
  }
  return longest;
}

/** Two spellings of one address are equal. */
export function sameIp(a: IpAddress, b: IpAddress): boolean {
  return a.family === b.family && a.value === b.value;
}

/** Addresses that are no single machine's elsewhere: this host, loopback, link-local, multicast and broadcast. */
const NOT_GLOBAL: Readonly<Record<4 | 6, readonly ((value: bigint) => boolean)[]>> = {
  4: [
    (value) => value === 0n || value === 0xffffffffn,
    (value) => value >> 24n === 127n,
    (value) => value >> 16n === 0xa9fen,
    (value) => value >> 28n === 0xen,
  ],
  6: [(value) => value <= 1n, (value) => value >> 118n === 0x3fan, (value) => value >> 120n === 0xffn],
};

/** Whether an address may be one machine's anywhere, private networks included: Go's `net.IP.IsGlobalUnicast`. */
export function isGlobalUnicast({ family, value }: Pick<IpAddress, 'family' | 'value'>): boolean {
  return !NOT_GLOBAL[family].some((test) => test(value));
}

/** Reads a network; undefined when the text is none. The prefix length of `::ffff:10.0.0.0/104` counts IPv6 bits. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseIp(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (!address || !/^[0-9]+$/.test(digits)) return undefined;
  const writtenBits = address.family === 6 || address.mapped ? 128 : 32;
  const written = Number(digits);
  if (written > writtenBits) return undefined;
  const zeros = digits.length > 1 && digits.startsWith('0') ? { leadingZeros: true as const } : {};
  if (!address.mapped) {
    return { address, prefixLength: written, family: address.family, network: masked(address, written), ...zeros };
  }
  if (written >= 96) {
    const prefixLength = written - 96;
    return { address, prefixLength, family: 4, network: masked(address, prefixLength), ...zeros };
  }
  // With 96 bits or more the network is an IPv4 one; with fewer it reaches beyond, and is IPv6.
  const network = masked({ family: 6, value: MAPPED_PREFIX | address.value }, written);
  return { address, prefixLength: written, family: 6, network, ...zeros };
}

function bitsOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

function masked({ family, value }: { readonly family: 4 | 6; readonly value: bigint }, prefixLength: number): bigint {
  const host = BigInt(bitsOf(family) - prefixLength);
  return (value >> host) << host;
}

/** The canonical form of the network, without bits beyond the prefix: `10.0.0.0/8`. */
export function formatCidr({ family, network, prefixLength }: Cidr): string {
  return `${formatIp({ family, value: network })}/${prefixLength}`;
}

/** Whether an address lies in a network. */
export function cidrContains(cidr: Cidr, { family, value }: IpAddress): boolean {
  return family === cidr.family && masked({ family, value }, cidr.prefixLength) === cidr.network;
}

/** Whether two networks have addresses in common: one then contains the other. */
export function cidrsOverlap(a: Cidr, b: Cidr): boolean {
  if (a.family !== b.family) return false;
  const shorter = Math.min(a.prefixLength, b.prefixLength);
  return (
    masked({ family: a.family, value: a.network }, shorter) === masked({ family: b.family, value: b.network }, shorter)
  );
}

/** How many addresses a network has. */
export function cidrSize({ family, prefixLength }: Cidr): bigint {
  return 1n << BigInt(bitsOf(family) - prefixLength);
}

/** An address of a network by its place, the first at 0; undefined beyond its end. */
export function addressAt(cidr: Cidr, index: bigint): IpAddress | undefined {
  if (index < 0n || index >= cidrSize(cidr)) return undefined;
  return { family: cidr.family, value: cidr.network + index };
}
