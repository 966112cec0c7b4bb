import { expect } from 'vitest';
import type { Cidr } from '../../../apimachinery/ip.ts';
import { parseCidr } from '../../../apimachinery/ip.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, booleanAt, isJsonObject, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { runSync } from '../testing/run-sync.ts';
import type { CidrRange, CidrSet } from './cidr-set.ts';
import { allocateNext, cidrAt, emptySet, isCountable, occupy, placesOf, release, sizeOf } from './cidr-set.ts';
import { nodeIpam } from './nodeipam.ts';
import type { AllocatorParams } from './range-allocator.ts';
import { allocate, takenParts } from './range-allocator.ts';

const data = (name: string): URL => new URL(`./testdata/${name}.json`, import.meta.url);

function cidr(text: unknown): Cidr {
  const read = parseCidr(String(text));
  if (read === undefined) throw new Error(`no network: ${String(text)}`);
  return read;
}

function places(range: CidrRange, text: unknown): readonly [number, number] {
  const found = placesOf(range, cidr(text));
  if (typeof found === 'string') throw new Error(found);
  return found;
}

const rangeOf = (one: UpstreamCase, mask = numberAt(one, 'subNetMaskSize') ?? 0): CidrRange => ({
  cluster: cidr(one['clusterCIDRStr'] ?? one['clusterCIDR']),
  nodeMaskSize: mask,
});

const next = (range: CidrRange, set: CidrSet): string | undefined => {
  const place = allocateNext(range, set);
  return place === undefined ? undefined : cidrAt(range, place);
};

/** The first 256 parts, and nothing more. */
function takeAll(range: CidrRange, set: CidrSet, count: number): readonly string[] {
  const taken = Array.from({ length: count }, () => next(range, set) ?? 'none');
  expect(next(range, set)).toBeUndefined();
  return taken;
}

runUpstreamTests(data('cidr_set'), {
  TestCIDRSetFullyAllocated(one) {
    const [range, set] = [rangeOf(one), emptySet()];
    expect(takeAll(range, set, 1)).toEqual([one['expectedCIDR']]);
    release(set, places(range, one['expectedCIDR']));
    expect(takeAll(range, set, 1)).toEqual([one['expectedCIDR']]);
  },
  TestIndexToCIDRBlock: (one) =>
    expect(cidrAt(rangeOf(one, numberAt(one, 'subnetMaskSize')), numberAt(one, 'index') ?? 0)).toBe(one['CIDRBlock']),
  TestCIDRSet_RandomishAllocation(one) {
    const [range, set] = [rangeOf(one, 24), emptySet()];
    const taken = takeAll(range, set, 256);
    for (const each of taken) release(set, places(range, each));
    expect(takeAll(range, set, 256)).toEqual(taken);
  },
  TestCIDRSet_AllocationOccupied(one) {
    const [range, set] = [rangeOf(one, 24), emptySet()];
    const taken = takeAll(range, set, 256);
    for (const each of taken) release(set, places(range, each));
    for (const each of [...taken.slice(128), taken[128]]) occupy(set, places(range, each));
    expect(takeAll(range, set, 128)).toEqual(taken.slice(0, 128));
  },
  TestGetBitforCIDR(one) {
    const found = placesOf(rangeOf(one), cidr(one['subNetCIDRStr']));
    if (booleanAt(one, 'expectErr') === true) expect(found).toMatch(/is out the range of cluster cidr/);
    else expect(found[0]).toBe(numberAt(one, 'expectedBit'));
  },
  TestOccupy: (one) =>
    expect(places(rangeOf(one), one['subNetCIDRStr'])).toEqual([one['expectedUsedBegin'], one['expectedUsedEnd']]),
  TestCIDRSetv6(one) {
    const [range, set] = [rangeOf(one), emptySet()];
    expect(isCountable(range)).toBe(booleanAt(one, 'expectErr') !== true);
    if (isCountable(range))
      expect([next(range, set), next(range, set)]).toEqual([one['expectedCIDR'], one['expectedCIDR2']]);
  },
  Test_getMaxCIDRs: (one) => expect(sizeOf(rangeOf(one))).toBe(one['expectedMaxCIDRs']),
  TestDoubleOccupyRelease(one) {
    const [range, set] = [rangeOf(one), emptySet()];
    for (const operation of arrayAt(one, 'operations')) {
      const change = stringAt(operation, 'operation') === 'occupy' ? occupy : release;
      change(set, places(range, valueAt(operation, 'cidrStr')));
      expect(set.used.size).toBe(numberAt(operation, 'numOccupied'));
    }
    takeAll(range, set, 256 - 3);
  },
});

const nodesOf = (one: UpstreamCase): readonly KubernetesObject[] =>
  arrayAt(one, 'nodes').map((node) => ({ ...(isJsonObject(node) ? node : {}), apiVersion: 'v1', kind: 'Node' }));

const paramsOf = (one: UpstreamCase): AllocatorParams => ({
  ranges: arrayAt(one, 'clusterCIDRs').map((text, index) => ({
    cluster: cidr(text),
    nodeMaskSize: Number(arrayAt(one, 'masks')[index]),
  })),
  serviceCidrs: arrayAt(one, 'serviceCIDRs').map(cidr),
});

/** The sets of a case, with what it says is taken. */
function setsOf(one: UpstreamCase, params: AllocatorParams): readonly CidrSet[] {
  const { sets } = takenParts(params, nodesOf(one), undefined);
  for (const [index, texts] of Object.entries(objectAt(one, 'allocatedCIDRs') ?? {}))
    for (const text of arrayAt(texts)) {
      const [set, range] = [sets[Number(index)], params.ranges[Number(index)]];
      if (set !== undefined && range !== undefined) occupy(set, places(range, text));
    }
  return sets;
}

function expectParts(given: readonly string[] | string, expected: unknown): void {
  expect(given).toBeInstanceOf(Array);
  for (const [index, text] of Object.entries(isJsonObject(expected) ? expected : {}))
    expect(given[Number(index)]).toBe(text);
}

runUpstreamTests(data('range_allocator'), {
  TestOccupyPreExistingCIDR(one) {
    const { faults } = takenParts(paramsOf(one), nodesOf(one), undefined);
    expect(faults.length > 0).toBe(booleanAt(one, 'ctrlCreateFail') === true);
  },
  TestAllocateOrOccupyCIDRSuccess(one) {
    const params = paramsOf(one);
    expectParts(allocate(params, setsOf(one, params)), one['expectedAllocatedCIDR']);
  },
  TestAllocateOrOccupyCIDRFailure(one) {
    const params = paramsOf(one);
    expect(allocate(params, setsOf(one, params))).toMatch(/no remaining CIDRs left/);
  },
  TestReleaseCIDRSuccess(one) {
    const params = paramsOf(one);
    const sets = setsOf(one, params);
    const first = allocate(params, sets);
    if (one['expectedAllocatedCIDRFirstRound'] === undefined) expect(first).toMatch(/no remaining CIDRs left/);
    else expectParts(first, one['expectedAllocatedCIDRFirstRound']);
    for (const cidrs of arrayAt(one, 'cidrsToRelease'))
      arrayAt(cidrs).forEach((text, index) => {
        const [set, range] = [sets[index], params.ranges[index]];
        if (set !== undefined && range !== undefined) release(set, places(range, text));
      });
    expectParts(allocate(params, sets), one['expectedAllocatedCIDRSecondRound']);
  },
  TestNodeDeletionReleaseCIDR(one) {
    const memory = { next: [0], given: {} };
    const added: KubernetesObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node1' } };
    const objects = [...nodesOf(one), added];
    const { calls } = runSync(nodeIpam, { objects, key: '*nodes*', memory, flags: { clusterCidrs: ['10.10.0.0/16'] } });
    expect(calls.map(({ name, body }) => [name, stringAt(body, 'spec', 'podCIDR')])).toEqual([
      ['node1', one['expectedCIDR']],
    ]);
  },
});
