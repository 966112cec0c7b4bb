import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { conditionsOf } from '../../../apimachinery/conditions.ts';
import { parseQuantity, compareQuantities, milliValueOf } from '../../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { horizontalPodAutoscalerStrategy } from '../../../kinds/horizontalpodautoscaler/horizontalpodautoscaler.strategy.ts';
import { NUMBERS_1_36 } from '../../release/1.36.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { ApiCall, ApiResult } from '../../client/api-client.ts';
import { refusal } from '../testing/fake-api.ts';
import { NOW_MS, runSync } from '../testing/run-sync.ts';
import type { UpstreamCase } from '../testing/upstream-tests.ts';
import { runUpstreamTests } from '../testing/upstream-tests.ts';
import { runTimeOf } from '../workload/pod-state.ts';
import { horizontalPodAutoscaler } from './horizontalpodautoscaler.ts';
import { milliText } from './metric-proposals.ts';
import { limit, limitBy, stabilize, stabilizeBy } from './normalizing.ts';
import { scalingLimit } from './scaling-rules.ts';
import type { Recommendation, ScaleEvent } from './scaling-history.ts';
import { NO_HISTORY, changeWithin, withScaleEvent } from './scaling-history.ts';
import { SOMETHING, metricAnswers } from './testing/metric-answers.ts';

const NAMESPACE = 'test-namespace';
const KEY = `${NAMESPACE}/test-hpa`;

/** Source: `init` of horizontal_test.go and `defaultTestingCPUInitializationPeriod` and its neighbours. */
const NUMBERS = {
  ...NUMBERS_1_36,
  horizontalPodAutoscaler: {
    ...NUMBERS_1_36.horizontalPodAutoscaler,
    scaleUpLimitFactor: 8,
    cpuInitializationMs: 120_000,
    initialReadinessDelayMs: 10_000,
  },
};

const CPU = { type: 'Resource', resource: { name: 'cpu' } };

/** Source: `prepareTestClient`. */
function autoscalerOf(one: UpstreamCase): KubernetesObject {
  const target = numberAt(one, 'CPUTarget') ?? 0;
  const cpu = { ...CPU, resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: target } } };
  const metrics = [...(target > 0 ? [cpu] : []), ...arrayAt(one, 'metricsTarget')];
  const [scaleUp, scaleDown] = [objectAt(one, 'scaleUpRules'), objectAt(one, 'scaleDownRules')];
  const hasRules = scaleUp !== undefined || scaleDown !== undefined;
  const replicas = numberAt(one, 'specReplicas') ?? 0;
  const resource = objectAt(one, 'resource');
  const last = stringAt(one, 'lastScaleTime');
  return horizontalPodAutoscalerStrategy.setDefaults({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'test-hpa', namespace: NAMESPACE },
    spec: {
      scaleTargetRef: {
        apiVersion: stringAt(resource, 'apiVersion') ?? 'v1',
        kind: stringAt(resource, 'kind') ?? 'ReplicationController',
        name: stringAt(resource, 'name') ?? 'test-rc',
      },
      minReplicas: numberAt(one, 'minReplicas') ?? 0,
      maxReplicas: numberAt(one, 'maxReplicas') ?? 0,
      metrics: metrics.length === 0 ? [CPU] : metrics,
      ...(hasRules ? { behavior: { ...(scaleUp && { scaleUp }), ...(scaleDown && { scaleDown }) } } : {}),
    },
    status: {
      currentReplicas: replicas,
      desiredReplicas: replicas,
      conditions: arrayAt(one, 'initialConditions'),
      ...(last === undefined ? {} : { lastScaleTime: last }),
    },
  });
}

function podsOf(one: UpstreamCase): readonly KubernetesObject[] {
  const requests = valueAt(one, 'reportedCPURequests') === undefined ? undefined : arrayAt(one, 'reportedCPURequests');
  const count = requests?.length ?? numberAt(one, 'statusReplicas') ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const whole = parseQuantity(asString(requests?.[index]) ?? '1.0');
    const cpu = `${(whole === undefined ? 0n : milliValueOf(whole)) / 2n}m`;
    const started = asString(arrayAt(one, 'reportedPodStartTime')[index]) ?? '0001-01-01T00:00:00Z';
    const isDeleted = arrayAt(one, 'reportedPodDeletionTimestamp')[index] === true;
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `test-pod-${index}`,
        namespace: NAMESPACE,
        labels: valueAt(one, 'podLabels') ?? { name: 'test-pod' },
        ...(isDeleted ? { deletionTimestamp: timeOf(NOW_MS) } : {}),
      },
      spec: { containers: ['container1', 'container2'].map((name) => ({ name, resources: { requests: { cpu } } })) },
      status: {
        phase: arrayAt(one, 'reportedPodPhase')[index] ?? 'Running',
        startTime: started,
        conditions: [
          { type: 'Ready', status: arrayAt(one, 'reportedPodReadiness')[index] ?? 'True', lastTransitionTime: started },
        ],
      },
    };
  });
}

function scaleOf(one: UpstreamCase, name: string): KubernetesObject {
  const selector = stringAt(one, 'scaleSelector') ?? 'name=test-pod';
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace: NAMESPACE },
    spec: { replicas: numberAt(one, 'specReplicas') ?? 0 },
    status: { replicas: numberAt(one, 'statusReplicas') ?? 0, selector },
  };
}

/** What one of two containers uses. */
function half(level: number): JsonObject {
  return { cpu: `${Math.trunc(level / 2)}m`, memory: '512Ki' };
}

function reactionOf(one: UpstreamCase) {
  const failing = arrayAt(one, 'failing').map(String);
  const levels = arrayAt(one, 'reportedLevels') as readonly number[];
  const pods = levels.map((level, index) => ({
    name: `test-pod-${index}`,
    containers: ['container1', 'container2'].map((name) => ({ name, usage: half(level) })),
  }));
  const metrics = metricAnswers({ pods, levels, failing });
  let updates = 0;
  return (call: ApiCall): ApiResult | undefined => {
    if (call.subresource !== 'scale') return metrics(call);
    if (failing.includes(`${call.verb} scale`)) return refusal(500, 'InternalError', SOMETHING);
    if (call.verb === 'update' && failing.includes('first update scale') && ++updates === 1)
      return refusal(409, 'Conflict', 'simulated conflict');
    const object = call.verb === 'update' ? (call.body as KubernetesObject) : scaleOf(one, call.name ?? '');
    return { ok: true, code: 200, object, warnings: [] };
  };
}

const OK = [
  { type: 'AbleToScale', status: 'True', reason: 'SucceededRescale' },
  { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound' },
  { type: 'ScalingLimited', status: 'False', reason: 'DesiredWithinRange' },
];

/** Source: `verifyResults` and what the fake clients assert. */
function reconcile(one: UpstreamCase): void {
  const other = stringAt(one, 'hpaSelectors');
  const second = autoscalerOf(one);
  const others =
    other === undefined ? [] : [{ ...second, metadata: { ...objectAt(second, 'metadata'), name: 'test-hpa-2' } }];
  const recommendations = recommendationsOf(one, 'recommendations');
  const { calls } = runSync(horizontalPodAutoscaler, {
    objects: [autoscalerOf(one), ...others, ...podsOf(one)],
    key: KEY,
    numbers: NUMBERS,
    react: reactionOf(one),
    ...(valueAt(one, 'recommendations') === undefined ? {} : { memory: { ...NO_HISTORY, recommendations } }),
    ...(other === undefined
      ? {}
      : { memories: new Map([[`${NAMESPACE}/test-hpa-2`, { ...NO_HISTORY, selector: other }]]) }),
  });
  const desired = numberAt(one, 'expectedDesiredReplicas') ?? 0;
  const isRescaled = desired !== (numberAt(one, 'specReplicas') ?? 0);
  const scaled = calls.filter(({ verb, subresource }) => verb === 'update' && subresource === 'scale');
  const isRefused = arrayAt(one, 'failing').includes('update scale');
  if (!isRefused) expect(scaled.length > 0).toBe(isRescaled);
  for (const { body } of scaled) if (!isRefused) expect(numberAt(body, 'spec', 'replicas')).toBe(desired);
  const written = calls.findLast(({ verb, subresource }) => verb === 'update' && subresource === 'status')?.body;
  expect(numberAt(written, 'status', 'desiredReplicas') ?? 0).toBe(desired);
  const conditions = conditionsOf(written).map(({ type, status, reason }) => ({ type, status, reason }));
  const expected = valueAt(one, 'expectedConditions') === undefined ? OK : arrayAt(one, 'expectedConditions');
  expect(conditions).toEqual(expected);
  if (valueAt(one, 'verifyCPUCurrent') !== true) return;
  const cpu = arrayAt(written, 'status', 'currentMetrics').find(
    (metric) => stringAt(metric, 'resource', 'name') === 'cpu',
  );
  expect(numberAt(cpu, 'resource', 'current', 'averageUtilization')).toBe(currentOf(one));
}

/** Source: `computeCPUCurrent`. */
function currentOf(one: UpstreamCase): number {
  const own = numberAt(one, 'CPUCurrent') ?? 0;
  const levels = arrayAt(one, 'reportedLevels') as readonly number[];
  const requests = arrayAt(one, 'reportedCPURequests').map((request) => parseQuantity(String(request)));
  if (own !== 0 || levels.length !== requests.length || levels.length === 0) return own;
  const requested = requests.reduce(
    (sum, request) => sum + (request === undefined ? 0 : Number(milliValueOf(request))),
    0,
  );
  return Math.trunc((100 * levels.reduce((sum, level) => sum + level, 0)) / requested);
}

function recommendationsOf(one: UpstreamCase, field: string): readonly Recommendation[] {
  return arrayAt(one, field).map((entry) => ({
    replicas: numberAt(entry, 'recommendation') ?? 0,
    atMs: runTimeOf(stringAt(entry, 'timestamp')) ?? -Infinity,
  }));
}

function eventsOf(one: UpstreamCase, field: string): readonly ScaleEvent[] {
  return arrayAt(one, field).map((entry) => ({
    change: numberAt(entry, 'replicaChange') ?? 0,
    atMs: runTimeOf(stringAt(entry, 'timestamp')) ?? -Infinity,
  }));
}

function rulesOf(one: UpstreamCase): JsonValue {
  const [scaleUp, scaleDown] = [objectAt(one, 'scaleUpRules'), objectAt(one, 'scaleDownRules')];
  const behavior = { ...(scaleUp && { scaleUp }), ...(scaleDown && { scaleDown }) };
  const spec = { scaleTargetRef: { kind: 'x', name: 'x' }, maxReplicas: 1, behavior };
  const kind = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'x' } };
  return valueAt(horizontalPodAutoscalerStrategy.setDefaults({ ...kind, spec }), 'spec', 'behavior') ?? {};
}

const wishOf = (one: UpstreamCase) => ({
  currentReplicas: numberAt(one, 'currentReplicas') ?? 0,
  desiredReplicas: numberAt(one, 'prenormalizedDesiredReplicas') ?? 0,
  minReplicas: numberAt(one, 'specMinReplicas') ?? 0,
  maxReplicas: numberAt(one, 'specMaxReplicas') ?? 0,
  nowMs: NOW_MS,
});

runUpstreamTests(new URL('./testdata/horizontal.json', import.meta.url), {
  '*': reconcile,
  TestConvertDesiredReplicasWithRules(one) {
    const wish = {
      currentReplicas: numberAt(one, 'currentReplicas') ?? 0,
      desiredReplicas: numberAt(one, 'expectedDesiredReplicas') ?? 0,
      minReplicas: numberAt(one, 'hpaMinReplicas') ?? 0,
      maxReplicas: numberAt(one, 'hpaMaxReplicas') ?? 0,
    };
    const { replicas, words } = limit(wish, NUMBERS.horizontalPodAutoscaler);
    expect([replicas, words.reason]).toEqual([
      numberAt(one, 'expectedConvertedDesiredReplicas') ?? 0,
      stringAt(one, 'expectedCondition'),
    ]);
  },
  TestCalculateScaleUpLimitWithScalingRules(one) {
    const now = { currentReplicas: numberAt(one, 'currentReplicas') ?? 0, nowMs: NOW_MS };
    const behavior = { scaleUp: objectAt(one, 'rules') ?? {} };
    expect(scalingLimit('scaleUp', behavior, now, NO_HISTORY)).toBe(numberAt(one, 'expected'));
  },
  TestCalculateScaleDownLimitWithBehaviors(one) {
    const now = { currentReplicas: numberAt(one, 'currentReplicas') ?? 0, nowMs: NOW_MS };
    const behavior = { scaleDown: objectAt(one, 'rules') ?? {} };
    expect(scalingLimit('scaleDown', behavior, now, NO_HISTORY)).toBe(numberAt(one, 'expected'));
  },
  TestNormalizeDesiredReplicas(one) {
    const history = { ...NO_HISTORY, recommendations: recommendationsOf(one, 'recommendations') };
    const { recommended, recommendations } = stabilize(wishOf(one), history, NUMBERS.horizontalPodAutoscaler);
    expect([recommended, recommendations.length]).toEqual([
      numberAt(one, 'expectedStabilizedReplicas'),
      numberAt(one, 'expectedLogLength'),
    ]);
  },
  TestScalingWithRules(one) {
    const history = { ...NO_HISTORY, ups: eventsOf(one, 'scaleUpEvents'), downs: eventsOf(one, 'scaleDownEvents') };
    const { replicas, words } = limitBy(rulesOf(one), wishOf(one), history);
    expect([replicas, words.reason]).toEqual([
      numberAt(one, 'expectedReplicas') ?? 0,
      stringAt(one, 'expectedCondition') ?? '',
    ]);
  },
  TestStoreScaleEvents(one) {
    const before = eventsOf(one, 'prevScaleEvents');
    expect(changeWithin(before, 60_000, NOW_MS)).toBe(numberAt(one, 'expectedReplicasChange') ?? 0);
    const change = numberAt(one, 'replicaChange') ?? 0;
    const rules = objectAt(one, 'scalingRules');
    const expected = eventsOf(one, 'newScaleEvents').map((event) => event.change);
    const up = rules && { scaleUp: rules };
    const ups = withScaleEvent({ ...NO_HISTORY, ups: before }, up, 10, 10 + change, NOW_MS).ups;
    expect(ups.map((event) => event.change)).toEqual(expected);
    const down = rules && { scaleDown: rules };
    const downs = withScaleEvent({ ...NO_HISTORY, downs: before }, down, 10, 10 - change, NOW_MS).downs;
    expect(downs.map((event) => event.change)).toEqual(expected);
  },
  TestNormalizeDesiredReplicasWithBehavior(one) {
    const window = (field: string) => ({ stabilizationWindowSeconds: numberAt(one, field) ?? 0 });
    const behavior = {
      scaleUp: window('scaleUpStabilizationWindowSeconds'),
      scaleDown: window('scaleDownStabilizationWindowSeconds'),
    };
    const history = { ...NO_HISTORY, recommendations: recommendationsOf(one, 'recommendations') };
    const result = stabilizeBy(behavior, wishOf(one), history, NUMBERS.horizontalPodAutoscaler);
    expect(result.recommended).toBe(numberAt(one, 'expectedStabilizedReplicas') ?? 0);
    if (valueAt(one, 'expectedRecommendations') === undefined) return;
    const expected = recommendationsOf(one, 'expectedRecommendations').map(({ replicas }) => replicas);
    expect(result.recommendations.map(({ replicas }) => replicas)).toEqual(expected);
  },
  TestBuildQuantity(one) {
    const format = stringAt(one, 'resourceName') === 'memory' ? 'BinarySI' : 'DecimalSI';
    const made = parseQuantity(milliText(BigInt(numberAt(one, 'rawProposal') ?? 0), format));
    const expected = parseQuantity(stringAt(one, 'expected') ?? '');
    expect(made !== undefined && expected !== undefined && compareQuantities(made, expected) === 0).toBe(true);
  },
});
