import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { booleanAt, objectAt, stringAt, valueAt } from '../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../base/testing/upstream-table.ts';
import * as pods from './pod-resources.ts';
import type { PodResourceOptions } from './pod-resources.ts';
import { computeQosClass, qosClassOf } from './qos-class.ts';
import { formatQuantity } from './quantity.ts';
import * as lists from './resource-list.ts';
import cases from './testdata/pod-resources.cases.json' with { type: 'json' };

const SOURCE = {
  area: 'apimachinery',
  file: 'staging/src/k8s.io/component-helpers/resource/helpers_test.go',
  release: '1.36.2',
} as const;

const QOS_SOURCE = { ...SOURCE, file: 'pkg/apis/core/v1/helper/qos/qos_test.go' };

type Row = readonly [name: string, row: JsonObject];

/** Rows with the name they have upstream. */
function named(rows: readonly unknown[]): readonly Row[] {
  return (rows as readonly JsonObject[]).map((row) => [
    stringAt(row, 'description') ?? stringAt(row, 'name') ?? 'a row',
    row,
  ]);
}

function optionsOf(row: JsonObject): PodResourceOptions {
  const given = objectAt(row, 'options') ?? objectAt(row, 'opts') ?? {};
  const nonMissing = lists.resourceListOf(valueAt(given, 'nonMissingContainerRequests'));
  return {
    useStatusResources: booleanAt(given, 'useStatusResources') ?? false,
    inPlacePodLevelScaling: booleanAt(given, 'inPlacePodLevelResourcesVerticalScalingEnabled') ?? false,
    excludeOverhead: booleanAt(given, 'excludeOverhead') ?? false,
    skipPodLevelResources: booleanAt(given, 'skipPodLevelResources') ?? false,
    skipContainerLevelResources: booleanAt(given, 'skipContainerLevelResources') ?? false,
    useClaimStatus: booleanAt(given, 'useDRANodeAllocatableResourceClaimStatus') ?? false,
    ...(nonMissing.size > 0 ? { nonMissingContainerRequests: nonMissing } : {}),
  };
}

/** The Pod that upstream's tests build from the fields of a row. */
function podOf(row: JsonObject): JsonValue {
  const given = valueAt(row, 'pod');
  if (given) return given;
  return {
    spec: {
      containers: valueAt(row, 'containers'),
      initContainers: valueAt(row, 'initContainers'),
      overhead: valueAt(row, 'overhead'),
      resources: valueAt(row, 'podResources'),
    },
    status: {
      containerStatuses: valueAt(row, 'containerStatus') ?? valueAt(row, 'containerStatuses'),
      initContainerStatuses: valueAt(row, 'initContainerStatuses'),
      conditions: valueAt(row, 'podResizeStatus'),
    },
  };
}

function printed(list: lists.ResourceList): unknown {
  return Object.fromEntries([...list].map(([name, quantity]) => [name, formatQuantity(quantity)]));
}

function expectSame(list: lists.ResourceList, expected: JsonValue | undefined): void {
  const want = lists.resourceListOf(expected);
  expect(
    lists.sameResources(list, want),
    `${JSON.stringify(printed(list))} is not ${JSON.stringify(printed(want))}`,
  ).toBe(true);
}

describe('requests and limits', () => {
  upstreamLeftOut(SOURCE, { TestPodResourceRequestsReuse: 'watches the reuse of memory' });

  upstreamEach(SOURCE)(named([...cases.TestPodRequestsAndLimits, ...cases.TestAggregateContainerRequestsAndLimits]))(
    '%s',
    (_, row) => {
      expectSame(pods.podRequests(podOf(row), optionsOf(row)), row['expectedRequests']);
      expectSame(pods.podLimits(podOf(row), optionsOf(row)), row['expectedLimits']);
    },
  );

  upstreamEach(SOURCE)(named(cases.TestPodRequestsAndLimitsWithoutOverhead))('without overhead: %s', (_, row) => {
    expectSame(pods.podRequests(podOf(row), { excludeOverhead: true }), row['expectedRequests']);
    expectSame(pods.podLimits(podOf(row), { excludeOverhead: true }), row['expectedLimits']);
  });

  upstreamEach(SOURCE)(
    named([
      ...cases.TestPodResourceRequests,
      ...cases.TestPodLevelResourceRequests,
      ...cases.TestPodResourceRequestsWithDRANodeAllocatableClaims,
    ]),
  )('requests: %s', (_, row) => {
    expectSame(pods.podRequests(podOf(row), optionsOf(row)), row['expectedRequests']);
  });

  upstreamEach(SOURCE)(named(cases.TestPodResourceLimits))('limits: %s', (_, row) => {
    expectSame(pods.podLimits(podOf(row), optionsOf(row)), row['expectedLimits']);
  });

  test('a Pod of nothing, or of something else, takes nothing', () => {
    for (const odd of [{}, { spec: null }, { spec: { containers: 'web' } }, { spec: { containers: [null, 7] } }]) {
      expect(pods.podRequests(odd).size).toBe(0);
      expect(pods.podLimits(odd).size).toBe(0);
    }
  });

  test('malformed amounts do not count', () => {
    const pod = { spec: { containers: [{ resources: { requests: { cpu: '1 core', memory: '1Gi' } } }] } };
    expect([...pods.podRequests(pod).keys()]).toEqual(['memory']);
  });

  test('pod-level resources while a resize is under way', () => {
    const options = { useStatusResources: true, inPlacePodLevelScaling: true };
    const pod = {
      spec: { resources: { requests: { cpu: '1' }, limits: { cpu: '2' } } },
      status: { resources: { requests: { cpu: '3' }, limits: { cpu: '1' } }, allocatedResources: { cpu: '2' } },
    };
    expectSame(pods.podRequests(pod, options), { cpu: '3' });
    expectSame(pods.podLimits(pod, options), { cpu: '2' });
    const pending = (reason: string) => ({
      ...pod,
      status: { ...pod.status, conditions: [{ type: 'PodResizePending', reason }] },
    });
    expectSame(pods.podLimits(pending('Infeasible'), options), { cpu: '1' });
    expectSame(pods.podLimits(pending('Deferred'), options), { cpu: '2' });
    expect(pods.isResizeDeferred(pending('Deferred'))).toBe(true);
    expectSame(pods.podRequests(pod), { cpu: '1' });
  });
});

describe('pod-level resources', () => {
  upstreamEach(SOURCE)(named(cases.TestIsPodLevelResourcesSet))('are given: %s', (_, row) => {
    expect(pods.hasPodLevelResources(podOf(row))).toBe(row['expected']);
  });

  upstreamEach(SOURCE)(named(cases.TestIsPodLevelLimitsSet))('are limited: %s', (_, row) => {
    expect(pods.hasPodLevelLimits(podOf(row))).toBe(row['expected']);
  });

  upstreamEach(SOURCE)(named(cases.TestIsSupportedPodLevelResource))('can be %s', (_, row) => {
    expect(pods.isPodLevelResource(stringAt(row, 'resource')!)).toBe(row['expected']);
  });
});

describe('the QoS class', () => {
  upstreamEach(QOS_SOURCE, 'TestComputePodQOS')(cases.TestComputePodQOS.map((row) => [row.pod.name, row] as const))(
    '%s',
    (_, row) => {
      expect(computeQosClass(row.pod)).toBe(row.expected);
    },
  );

  test('is the one that the status tells', () => {
    expect(qosClassOf({ status: { qosClass: 'Guaranteed' } })).toBe('Guaranteed');
    expect(qosClassOf({ status: { qosClass: 'Best' } })).toBe('BestEffort');
  });

  test('does not care how amounts are written', () => {
    const resources = { requests: { cpu: 1, memory: '1Gi' }, limits: { cpu: '1000m', memory: '1024Mi' } };
    expect(computeQosClass({ spec: { containers: [{ resources }] } })).toBe('Guaranteed');
  });
});

describe('lists of resources', () => {
  test('leave out zeros on demand', () => {
    const list = lists.resourceListOf({ cpu: '0', memory: '1', pods: null });
    expect([...list.keys()]).toEqual(['cpu', 'memory', 'pods']);
    expect([...lists.withoutZeros(list).keys()]).toEqual(['memory']);
  });

  test('are the same when the amounts are', () => {
    expect(lists.sameResources(lists.resourceListOf({ cpu: 1 }), lists.resourceListOf({ cpu: '1000m' }))).toBe(true);
    expect(lists.sameResources(lists.resourceListOf({ cpu: 1 }), lists.resourceListOf({ memory: 1 }))).toBe(false);
    expect(lists.sameResources(lists.resourceListOf({ cpu: 1 }), lists.NO_RESOURCES)).toBe(false);
  });
});

test("every row of upstream's tables is here", () => {
  const { source: _, TestComputePodQOS, ...tables } = cases;
  expect(Object.values(tables).reduce((sum, table) => sum + table.length, 0)).toBe(93);
  expect(TestComputePodQOS).toHaveLength(20);
});
