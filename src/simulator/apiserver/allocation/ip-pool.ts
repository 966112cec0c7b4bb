import { addressAt, cidrContains, cidrSize, formatIp, parseCidr, parseIp } from '../../../apimachinery/ip.ts';
import type { Cidr } from '../../../apimachinery/ip.ts';
import { nextFree, reservedSize } from './range.ts';
import type { Pick } from './range.ts';

/**
 * The addresses of one network that Services are given: neither the first, nor for IPv4 the last. What is taken, the
 * IPAddress objects say.
 */
export interface IpPool {
  readonly cidr: Cidr;
  readonly text: string;
  /** Addresses that can be given; more than can be counted exactly are as many as can. */
  readonly size: number;
  /** How many of them, from the first, are left to those who ask for one. */
  readonly reserved: number;
}

/** What the registry says of an address that it cannot give. Source: ipallocator/interfaces.go, 1.36. */
export const FULL = 'range is full';
export const ALLOCATED = 'provided IP is already allocated';
export const NO_NETWORK = 'the provided network does not match the current range';

/** Source: pkg/registry/core/service/ipallocator/bitmap.go `calculateRangeOffset`, 1.36. */
const RESERVED = { least: 16, most: 256, step: 16 } as const;

/** Source: ipallocator.go `NewIPAllocator`, `hostsPerNetwork`, 1.36. Undefined for what is no network, and too large ones. */
export function ipPool(text: string): IpPool | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined || (cidr.family === 6 && cidr.prefixLength < 64)) return undefined;
  const size = hostsIn(cidr);
  return { cidr, text, size, reserved: reservedPartOf(cidr) };
}

/** Source: ipallocator.go `hostsPerNetwork`. */
export function hostsIn(cidr: Cidr): number {
  const size = cidrSize(cidr) - (cidr.family === 4 ? 2n : 1n);
  return size <= 0n ? 0 : Number(size < MOST ? size : MOST);
}

const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** The part of the whole network, its first address included. */
export function reservedPartOf(cidr: Cidr): number {
  const size = cidrSize(cidr);
  return reservedSize(Number(size < MOST ? size : MOST), RESERVED);
}

/** Why an address cannot be given; undefined where it can. Source: `AllocateService`. */
export function refusedAddress(
  pool: IpPool,
  address: string,
  isTaken: (address: string) => boolean,
): string | undefined {
  const parsed = parseIp(address);
  if (parsed === undefined || !cidrContains(pool.cidr, parsed) || !isWithin(pool, parsed.value))
    return `the provided IP (${address}) is not in the valid range. The range of valid IPs is ${pool.text}`;
  return isTaken(address) ? ALLOCATED : undefined;
}

function isWithin({ cidr, size }: IpPool, value: bigint): boolean {
  const place = value - cidr.network;
  return place >= 1n && (size === Number(MOST) || place <= BigInt(size));
}

/** A free address; undefined where there is none. Source: `allocateNextService`. */
export function nextAddress(pool: IpPool, pick: Pick, isTaken: (address: string) => boolean): string | undefined {
  const textAt = (place: number): string => {
    const address = addressAt(pool.cidr, BigInt(place) + 1n);
    return address === undefined ? '' : formatIp(address);
  };
  const place = nextFree(pool.size, pool.reserved, pick, (one) => isTaken(textAt(one)));
  return place === undefined ? undefined : textAt(place);
}
