import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, asObject, asString, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { NUMBERS_1_36 } from '../../release/1.36.ts';
import { timeOf } from '../../kernel/clock.ts';
import { FakeApi } from '../testing/fake-api.ts';
import { NOW_MS } from '../testing/run-sync.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { externalMetric, objectMetric, podsMetric, resourceMetrics } from './metrics-client.ts';
import { groupPods } from './pod-groups.ts';
import type { Failure } from './pod-metrics.ts';
import { isFailure } from './pod-metrics.ts';
import { requestsOf } from './pod-requests.ts';
import type { Proposal, Sum } from './replica-calculator.ts';
import { averageReplicas, resourceReplicas, sharedReplicas, totalOf, valueReplicas } from './replica-calculator.ts';
import { metricAnswers } from './testing/metric-answers.ts';
import { runTimeOf } from '../workload/pod-state.ts';

/** Source: replica_calculator_test.go `defaultTestingCPUInitializationPeriod` and its neighbours. */
const SPANS = {
  ...NUMBERS_1_36.horizontalPodAutoscaler,
  cpuInitializationMs: 120_000,
  initialReadinessDelayMs: 10_000,
};
/** Go's zero time. */
const ZERO_TIME = '0001-01-01T00:00:00Z';
const NAMESPACE = 'test-namespace';

/** Source: `prepareTestClientSet`. */
function podsOf(one: UpstreamCase): readonly KubernetesObject[] {
  const requests = arrayAt(one, 'resource', 'requests');
  const name = stringAt(one, 'resource', 'name') ?? '';
  return Array.from(
    { length: Math.max(numberAt(one, 'currentReplicas') ?? 0, arrayAt(one, 'podPhase').length) },
    (_, index) => {
      const request = requests[index];
      const resources = request === undefined ? {} : { resources: { requests: { [name]: request } } };
      const startTime = asString(arrayAt(one, 'podStartTime')[index]);
      const isDeleted = arrayAt(one, 'podDeletionTimestamp')[index] === true;
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `test-pod-${index}`,
          namespace: NAMESPACE,
          labels: { name: 'test-pod' },
          ...(isDeleted ? { deletionTimestamp: timeOf(NOW_MS) } : {}),
        },
        spec: { containers: ['container1', 'container2'].map((container) => ({ name: container, ...resources })) },
        status: {
          phase: arrayAt(one, 'podPhase')[index] ?? 'Running',
          // The zero time of Go, where the case says none.
          startTime: startTime ?? ZERO_TIME,
          conditions: [
            { type: 'Ready', status: arrayAt(one, 'podReadiness')[index] ?? 'True', lastTransitionTime: ZERO_TIME },
          ],
        },
      };
    },
  );
}

function apiOf(one: UpstreamCase): FakeApi {
  const name = stringAt(one, 'resource', 'name') ?? '';
  const names = arrayAt(one, 'resource', 'podNames');
  const pods = arrayAt(one, 'resource', 'levels').map((levels, index) => ({
    name: asString(names[index]) ?? `test-pod-${index}`,
    containers: (levels as readonly JsonValue[]).map((level, at) => ({
      name: `container${at + 1}`,
      usage: { [name]: `${String(level)}m` },
    })),
  }));
  const levels = arrayAt(one, 'metric', 'levels') as readonly (number | string)[];
  return new FakeApi([], metricAnswers({ pods, levels, timestamp: ZERO_TIME }));
}

function sumOf(one: UpstreamCase): Sum {
  const own = objectAt(one, 'tolerances');
  return {
    pods: podsOf(one),
    currentReplicas: numberAt(one, 'currentReplicas') ?? 0,
    tolerances: { down: numberAt(own, 'scaleDown') ?? 0.1, up: numberAt(own, 'scaleUp') ?? 0.1 },
    spans: SPANS,
    nowMs: NOW_MS,
  };
}

function bigAt(one: UpstreamCase, ...path: readonly string[]): bigint {
  return BigInt((valueAt(one, ...path) ?? 0) as number | string);
}

function proposed(one: UpstreamCase): Proposal | Failure {
  const fake = apiOf(one);
  const api = { call: fake.call.bind(fake), callAll: () => [], sleep: () => undefined };
  const sum = sumOf(one);
  const resource = stringAt(one, 'resource', 'name');
  if (resource !== undefined) {
    const container = stringAt(one, 'container') ?? '';
    const metrics = resourceMetrics(api, resource, NAMESPACE, 'name=test-pod', container);
    if (isFailure(metrics)) return { failure: `unable to get metrics for resource ${resource}: ${metrics.failure}` };
    return resourceReplicas(sum, metrics, resource, container, numberAt(one, 'resource', 'targetUtilization') ?? 0);
  }
  const [target, each] = [bigAt(one, 'metric', 'targetUsage'), bigAt(one, 'metric', 'perPodTargetUsage')];
  const type = stringAt(one, 'metric', 'metricType') ?? '';
  if (type === 'pod') {
    const metrics = podsMetric(api, 'qps', NAMESPACE, 'name=test-pod', '');
    return isFailure(metrics) ? metrics : averageReplicas(sum, metrics, '', target);
  }
  const usage = type.startsWith('object')
    ? objectMetric(api, 'qps', NAMESPACE, asObject(valueAt(one, 'metric', 'singleObject')) ?? {}, '')
    : total(externalMetric(api, 'qps', NAMESPACE, ''));
  if (typeof usage === 'object') return usage;
  return type.endsWith('PerPod')
    ? sharedReplicas(sum, sum.currentReplicas, usage, each)
    : valueReplicas(sum, usage, target);
}

function total(values: readonly bigint[] | Failure): bigint | Failure {
  return 'failure' in values ? values : totalOf(values);
}

function calculate(one: UpstreamCase): void {
  const proposal = proposed(one);
  const failure = stringAt(one, 'expectedError');
  if (failure !== undefined) return expect(isFailure(proposal) ? proposal.failure : proposal).toContain(failure);
  const expected = objectAt(one, 'resource') ?? {};
  const isResource = stringAt(expected, 'name') !== undefined;
  expect(proposal).toEqual({
    replicas: numberAt(one, 'expectedReplicas') ?? 0,
    ...(isResource
      ? { utilization: numberAt(expected, 'expectedUtilization') ?? 0, usage: bigAt(one, 'resource', 'expectedValue') }
      : { usage: bigAt(one, 'metric', 'expectedUsage') }),
  });
}

function sets(one: UpstreamCase): void {
  const metrics = new Map(
    Object.entries(objectAt(one, 'metrics') ?? {}).map(([pod, metric]) => [
      pod,
      {
        value: BigInt(numberAt(metric, 'value') ?? 0),
        atMs: runTimeOf(stringAt(metric, 'timestamp')) ?? -Infinity,
        windowMs: numberAt(metric, 'window') ?? 0,
      },
    ]),
  );
  const pods = arrayAt(one, 'pods').map((pod): KubernetesObject => ({
    ...asObject(pod),
    apiVersion: 'v1',
    kind: 'Pod',
  }));
  const { readyCount, unready, missing, ignored } = groupPods(
    pods,
    metrics,
    stringAt(one, 'resource') ?? '',
    SPANS,
    NOW_MS,
  );
  expect({ readyCount, unready: [...unready], missing: [...missing], ignored: [...ignored] }).toEqual({
    readyCount: numberAt(one, 'expectReadyPodCount') ?? 0,
    unready: arrayAt(one, 'expectUnreadyPods'),
    missing: arrayAt(one, 'expectMissingPods'),
    ignored: arrayAt(one, 'expectIgnoredPods'),
  });
}

function requested(one: UpstreamCase): void {
  const pods = arrayAt(one, 'pods').map((pod): KubernetesObject => ({
    ...asObject(pod),
    apiVersion: 'v1',
    kind: 'Pod',
  }));
  const found = requestsOf(pods, stringAt(one, 'container') ?? '', stringAt(one, 'resource') ?? '');
  const failure = stringAt(one, 'expectedError');
  if (isFailure(found)) return expect(found.failure).toBe(failure);
  const expected: JsonObject = objectAt(one, 'expectedRequests') ?? {};
  expect(Object.fromEntries([...found].map(([pod, request]) => [pod, Number(request)]))).toEqual(expected);
}

runUpstreamTests(new URL('./testdata/replica_calculator.json', import.meta.url), {
  '*': calculate,
  TestGroupPods: sets,
  TestCalculateRequests: requested,
  TestCalculatePodRequestsFromContainers_NonExistentContainer: requested,
});
