import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import type { JsonObject } from '../../../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../../../base/json.ts';
import { upstreamFile } from '../../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../../base/testing/upstream-table.ts';
import { podInfoOf } from '../../pod-info.ts';
import { snapshotOf } from '../testing/snapshot.ts';
import { dynamicResources } from './dynamic-resources.ts';

interface Case extends JsonObject {
  readonly name: string;
}

/** Upstream's API server gives each claim its own uid; here it is the name. */
function claimOf(value: JsonObject): KubernetesObject {
  const claim = { apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim', ...value };
  return { ...claim, metadata: { ...objectAt(claim, 'metadata'), uid: nameOf(claim) } };
}

function podOf(value: JsonObject): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', ...value };
}

describe('what may help a Pod that waits for devices', () => {
  const {
    source: file,
    release,
    cases,
    leftOut,
  } = upstreamFile<Case>(new URL('./testdata/hints.json', import.meta.url));
  const source = { area: 'scheduler', file, release } as const;

  upstreamEach(source)(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const isClaim = stringAt(one, 'resource') === 'ResourceClaim';
    const [before, after] = ['old', 'new'].map((field) => {
      const value = objectAt(one, field);
      return value === undefined ? undefined : isClaim ? claimOf(value) : podOf(value);
    });
    const claims = new Map(
      [...arrayAt(one, 'claims'), ...arrayAt(one, 'objs')].map((value) => {
        const claim = claimOf(value as JsonObject);
        return [nameOf(claim), claim];
      }),
    );
    if (isClaim && after !== undefined) claims.set(nameOf(after), after);
    const resource = isClaim ? 'resource.k8s.io/ResourceClaim' : 'Pod';
    const registered = dynamicResources().events!.find(({ event }) => event.resource === resource)!;
    const pod = podInfoOf(podOf(objectAt(one, 'pod') ?? {}));
    expect(registered.hint!(pod, before, after, snapshotOf([], [], [...claims.values()]))).toBe(stringAt(one, 'want'));
  });

  upstreamLeftOut(source, {
    ...leftOut,
    Test_computesScore: { count: 8, reason: 'the scores of whole cycles are compared in TestPlugin' },
    TestNormalizeScore: { count: 7, reason: 'the function is that of all plugins, whose own table is run' },
    TestAllocatorSelection: { count: 3, reason: 'there is one allocator, with the gates of 1.36' },
    TestGatherAllocatedState: {
      count: 8,
      reason: 'the numbers of tries of a cache that changes meanwhile; here a cycle reads one snapshot',
    },
  });
  upstreamLeftOut(
    {
      area: 'scheduler',
      file: 'pkg/scheduler/framework/plugins/dynamicresources/nodeallocatabledynamicresources_test.go',
      release,
    },
    { 'all of its tables': { count: 36, reason: 'DRANodeAllocatableResources is off by default in 1.36' } },
  );
});
