import type { Cidr } from '../../../apimachinery/ip.ts';
import { cidrsOverlap, formatCidr, formatIp } from '../../../apimachinery/ip.ts';

/** Which parts of a network are taken, by their places, and where the search for a free one goes on. */
export interface CidrSet {
  readonly used: Set<number>;
  next: number;
}

export function emptySet(next = 0): CidrSet {
  return { used: new Set(), next };
}

/** A network, and how long the prefix of each of its parts is, in bits. */
export interface CidrRange {
  readonly cluster: Cidr;
  readonly nodeMaskSize: number;
}

/** Source: pkg/controller/nodeipam/ipam/cidrset/cidr_set.go `clusterSubnetMaxDiff`, 1.36. */
const MOST_IPV6_BITS = 16;

/** Whether the parts of a network can be counted. Source: cidr_set.go `NewCIDRSet`, 1.36. */
export function isCountable({ cluster, nodeMaskSize }: CidrRange): boolean {
  return cluster.family === 4 || nodeMaskSize - cluster.prefixLength <= MOST_IPV6_BITS;
}

/** How many parts a network has. */
export function sizeOf({ cluster, nodeMaskSize }: CidrRange): number {
  return 2 ** (nodeMaskSize - cluster.prefixLength);
}

/** The part at a place. Source: cidr_set.go `indexToCIDRBlock`, 1.36. */
export function cidrAt({ cluster, nodeMaskSize }: CidrRange, index: number): string {
  const bits = cluster.family === 4 ? 32 : 128;
  const value = cluster.network | (BigInt(index) << BigInt(bits - nodeMaskSize));
  return `${formatIp({ family: cluster.family, value })}/${nodeMaskSize}`;
}

/**
 * The first and the last part that a network touches, or why it touches none.
 * Source: cidr_set.go `getBeginningAndEndIndices`, 1.36.
 */
export function placesOf(range: CidrRange, cidr: Cidr): readonly [first: number, last: number] | string {
  const { cluster, nodeMaskSize } = range;
  if (!cidrsOverlap(cluster, cidr))
    return `cidr ${formatCidr(cidr)} is out the range of cluster cidr ${formatCidr(cluster)}`;
  if (cluster.prefixLength >= cidr.prefixLength) return [0, sizeOf(range) - 1];
  const bits = cluster.family === 4 ? 32 : 128;
  const shift = BigInt(bits - nodeMaskSize);
  const first = Number((cidr.network - cluster.network) >> shift);
  const end = cidr.network + (1n << BigInt(bits - cidr.prefixLength)) - 1n;
  return [first, Number((end - cluster.network) >> shift)];
}

/**
 * Takes the next free part from where the last was found, and gives its place; undefined where none is left.
 * Source: cidr_set.go `AllocateNext`, 1.36.
 */
export function allocateNext(range: CidrRange, set: CidrSet): number | undefined {
  const size = sizeOf(range);
  if (set.used.size >= size) return undefined;
  let index = set.next % size;
  while (set.used.has(index)) index = (index + 1) % size;
  set.used.add(index);
  set.next = (index + 1) % size;
  return index;
}

export function occupy({ used }: CidrSet, [first, last]: readonly [number, number]): void {
  for (let index = first; index <= last; index++) used.add(index);
}

export function release({ used }: CidrSet, [first, last]: readonly [number, number]): void {
  for (let index = first; index <= last; index++) used.delete(index);
}
