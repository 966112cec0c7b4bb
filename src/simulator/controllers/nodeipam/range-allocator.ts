import type { Cidr } from '../../../apimachinery/ip.ts';
import { cidrsOverlap, formatCidr, parseCidr } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { arrayAt } from '../../../base/json.ts';
import type { CidrRange, CidrSet } from './cidr-set.ts';
import { allocateNext, cidrAt, emptySet, occupy, placesOf } from './cidr-set.ts';

/** What the allocator is told at its start. */
export interface AllocatorParams {
  /** One for each family of addresses. */
  readonly ranges: readonly CidrRange[];
  /** Networks of Services, of which no Node gets a part. */
  readonly serviceCidrs: readonly Cidr[];
}

/** What the allocator keeps from one sync to the next. */
export interface AllocatorMemory {
  /** Where the search goes on, by range. */
  readonly next: readonly number[];
  /** What Nodes were given, which the cache may not show yet. */
  readonly given: Readonly<Record<string, readonly string[]>>;
}

export function podCidrsOf(node: KubernetesObject): readonly string[] {
  return arrayAt(node, 'spec', 'podCIDRs').filter((cidr) => typeof cidr === 'string');
}

/**
 * The parts of all ranges that are taken, by the Services and by what Nodes have, and which Nodes have what cannot be.
 * Source: pkg/controller/nodeipam/ipam/range_allocator.go `filterOutServiceRange`, `occupyCIDRs`, 1.36.
 */
export function takenParts(
  { ranges, serviceCidrs }: AllocatorParams,
  nodes: readonly KubernetesObject[],
  memory: AllocatorMemory | undefined,
): { readonly sets: readonly CidrSet[]; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const sets = ranges.map((range, index) => {
    const set = emptySet(memory?.next[index]);
    for (const cidr of serviceCidrs) {
      const places = cidrsOverlap(range.cluster, cidr) ? placesOf(range, cidr) : '';
      if (typeof places !== 'string') occupy(set, places);
    }
    return set;
  });
  for (const node of nodes) {
    const own = podCidrsOf(node);
    const cidrs = own.length > 0 ? own : (memory?.given[nameOf(node)] ?? []);
    const fault = occupyAll(ranges, sets, cidrs, nameOf(node));
    if (fault !== undefined) faults.push(fault);
  }
  return { sets, faults };
}

function occupyAll(
  ranges: readonly CidrRange[],
  sets: readonly CidrSet[],
  cidrs: readonly string[],
  node: string,
): string | undefined {
  for (const [index, text] of cidrs.entries()) {
    const cidr = parseCidr(text);
    if (cidr === undefined) return `failed to parse node ${node}, CIDR ${cidrs[0] ?? ''}`;
    const [range, set] = [ranges[index], sets[index]];
    if (range === undefined || set === undefined)
      return `node:${node} has an allocated cidr: ${text} at index:${index} that does not exist in cluster cidrs configuration`;
    const places = placesOf(range, cidr);
    if (typeof places === 'string')
      return `failed to mark cidr[${formatCidr(cidr)}] at idx [${index}] as occupied for node: ${node}: ${places}`;
    occupy(set, places);
  }
  return undefined;
}

const NONE_LEFT = 'CIDR allocation failed; there are no remaining CIDRs left to allocate in the accepted range';

/** A part of each range for one Node, or why there is none. Source: range_allocator.go `AllocateOrOccupyCIDR`, 1.36. */
export function allocate({ ranges }: AllocatorParams, sets: readonly CidrSet[]): readonly string[] | string {
  const cidrs: string[] = [];
  for (const [index, range] of ranges.entries()) {
    const set = sets[index];
    const place = set === undefined ? undefined : allocateNext(range, set);
    if (place === undefined) return `failed to allocate cidr from cluster cidr at idx:${index}: ${NONE_LEFT}`;
    cidrs.push(cidrAt(range, place));
  }
  return cidrs;
}
