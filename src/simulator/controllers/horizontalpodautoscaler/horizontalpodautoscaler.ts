import { conditionsOf, removeCondition, setCondition } from '../../../apimachinery/conditions.ts';
import type { ConditionStatus } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { jsonEqual, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { ApiResult } from '../../client/api-client.ts';
import { DEFINITIONS } from '../../apiserver/custom-resources/definition.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { AUTOSCALERS, PODS } from '../resources.ts';
import { proposalsOf } from './proposals.ts';
import { held } from './normalizing.ts';
import { isFailure } from './pod-metrics.ts';
import type { ScaleTarget } from './scale-target.ts';
import { readScale } from './scale-target.ts';
import type { ScalingHistory } from './scaling-history.ts';
import { NO_HISTORY, withScaleEvent } from './scaling-history.ts';

/**
 * Sets the size of a workload by what its Pods use.
 * Source: pkg/controller/podautoscaler/horizontal.go, 1.36; the gate HPAScaleToZero is off, as it is by default.
 */
export const horizontalPodAutoscaler: Controller = {
  name: 'horizontal-pod-autoscaler-controller',
  account: 'horizontal-pod-autoscaler',
  reportsAs: 'horizontal-pod-autoscaler',
  workers: 5,
  watches: [
    // Whatever happens, it is looked at once in a period. Source: `enqueueHPA`, rate_limiters.go.
    { resource: AUTOSCALERS, keysOf: ({ key }) => [{ key, afterMs: PERIOD_MS }] },
    { resource: PODS, keysOf: () => [] },
    { resource: DEFINITIONS, keysOf: () => [] },
  ],
  reconcile(context, key) {
    const hpa = context.view(AUTOSCALERS).getKey(key);
    if (hpa === undefined) return context.remember(undefined);
    new Sync(context, hpa).run();
    return NEXT;
  },
};

/** `--horizontal-pod-autoscaler-sync-period`, as in `numbers.horizontalPodAutoscaler`. */
const PERIOD_MS = 15_000;
const NEXT: Outcome = { requeueAfterMs: PERIOD_MS, as: 'periodic' };
/** Source: staging/src/k8s.io/client-go/util/retry/util.go `DefaultRetry`, 1.36. */
const RETRIES = { steps: 5, waitMs: 10 };

/** One look at one autoscaler. Source: `reconcileAutoscaler`. */
class Sync {
  private conditions: readonly JsonObject[];
  private history: ScalingHistory;
  private readonly isKnown: boolean;
  private readonly context: ReconcileContext;
  private readonly hpa: KubernetesObject;
  private readonly namespace: string;

  constructor(context: ReconcileContext, hpa: KubernetesObject) {
    this.context = context;
    this.hpa = hpa;
    this.namespace = namespaceOf(hpa) ?? '';
    this.conditions = conditionsOf(hpa);
    const known = context.memory as ScalingHistory | undefined;
    this.history = known ?? NO_HISTORY;
    this.isKnown = known !== undefined;
  }

  run(): void {
    const target = readScale(this.context, this.hpa, this.namespace);
    if (isFailure(target)) return this.withoutScale(target.failure);
    this.set(
      'AbleToScale',
      'True',
      'SucceededGetScale',
      "the HPA controller was able to get the target's current scale",
    );
    const current = numberAt(target.scale, 'spec', 'replicas') ?? 0;
    if (!this.isKnown)
      this.history = { ...this.history, recommendations: [{ replicas: current, atMs: this.context.nowMs }] };
    this.scale(target, current);
    this.context.remember(this.history);
  }

  private withoutScale(failure: string): void {
    this.context.event(this.hpa, 'Warning', 'FailedGetScale', failure);
    const words = `the HPA controller was unable to get the target's current scale: ${failure}`;
    this.set('AbleToScale', 'False', 'FailedGetScale', words);
    this.writeStatus(objectAt(this.hpa, 'status') ?? {});
  }

  private scale(target: ScaleTarget, current: number): void {
    const minReplicas = numberAt(this.hpa, 'spec', 'minReplicas') ?? 1;
    const maxReplicas = numberAt(this.hpa, 'spec', 'maxReplicas') ?? 0;
    if (current === 0) {
      const words = 'scaling is disabled since the replica count of the target is zero';
      this.set('ScalingActive', 'False', 'ScalingDisabled', words);
      this.forgetZero();
      return this.tell(current, 0, undefined, false);
    }
    if (current > maxReplicas)
      return this.rescale(target, current, maxReplicas, 'Current number of replicas above Spec.MaxReplicas');
    if (current < minReplicas)
      return this.rescale(target, current, minReplicas, 'Current number of replicas below Spec.MinReplicas');
    this.byMetrics(target, current, { minReplicas, maxReplicas });
  }

  private byMetrics(
    target: ScaleTarget,
    currentReplicas: number,
    bounds: { readonly minReplicas: number; readonly maxReplicas: number },
  ): void {
    const { nowMs, numbers } = this.context;
    const proposals = proposalsOf(this.context, this.hpa, target.scale);
    const { selector } = proposals;
    if (selector !== undefined) this.history = { ...this.history, selector };
    for (const { reason, message } of proposals.events) this.context.event(this.hpa, 'Warning', reason, message);
    const { status, reason, message } = proposals.active;
    this.set('ScalingActive', status, reason, message);
    if (proposals.replicas === undefined) {
      this.tell(currentReplicas, this.statusNumber('desiredReplicas'), proposals.statuses, false);
      return this.context.event(this.hpa, 'Warning', 'FailedComputeMetricsReplicas', proposals.failure ?? '');
    }
    const wanted = Math.max(0, proposals.replicas);
    const behavior = valueAt(this.hpa, 'spec', 'behavior');
    const wish = { ...bounds, currentReplicas, desiredReplicas: wanted, nowMs };
    const result = held(wish, behavior, this.history, numbers.horizontalPodAutoscaler);
    this.history = result.history;
    const { ableToScale, scalingLimited, desiredReplicas } = result;
    this.set('AbleToScale', 'True', ableToScale.reason, ableToScale.message);
    this.set(
      'ScalingLimited',
      scalingLimited.isLimited ? 'True' : 'False',
      scalingLimited.reason,
      scalingLimited.message,
    );
    if (desiredReplicas === currentReplicas)
      return this.tell(currentReplicas, currentReplicas, proposals.statuses, false);
    const name = wanted > 0 ? proposals.metric : '';
    const why =
      wanted > currentReplicas ? `${name} above target` : wanted < currentReplicas ? 'All metrics below target' : '';
    this.rescale(target, currentReplicas, desiredReplicas, why, proposals.statuses);
  }

  private rescale(
    target: ScaleTarget,
    current: number,
    desired: number,
    why: string,
    statuses?: readonly JsonObject[],
  ): void {
    const written = this.writeScale(target, desired);
    if (!written.ok) {
      const words = `New size: ${desired}; reason: ${why}; error: ${written.message}`;
      this.context.event(this.hpa, 'Warning', 'FailedRescale', words);
      const message = `the HPA controller was unable to update the target scale: ${written.message}`;
      this.set('AbleToScale', 'False', 'FailedUpdateScale', message);
      return this.tell(current, this.statusNumber('desiredReplicas'), statuses, false);
    }
    const message = `the HPA controller was able to update the target scale to ${desired}`;
    this.set('AbleToScale', 'True', 'SucceededRescale', message);
    this.context.event(this.hpa, 'Normal', 'SuccessfulRescale', `New size: ${desired}; reason: ${why}`);
    this.forgetZero();
    const behavior = valueAt(this.hpa, 'spec', 'behavior');
    this.history = withScaleEvent(this.history, behavior, current, desired, this.context.nowMs);
    this.tell(current, desired, statuses, true);
  }

  /** Again with what is there now, where somebody else wrote in between. */
  private writeScale({ resource, namespace, name, scale }: ScaleTarget, replicas: number): ApiResult {
    const { api } = this.context;
    const at = { resource, namespace, name, subresource: 'scale' };
    let latest = scale;
    for (let step = 1; ; step++) {
      const body = { ...latest, spec: { ...objectAt(latest, 'spec'), replicas } };
      const written = api.call({ ...at, verb: 'update', body });
      if (written.ok) return written;
      const fresh = api.call({ ...at, verb: 'get' });
      if (fresh.ok) latest = fresh.object;
      if (written.code !== 409 || step === RETRIES.steps) return written;
      api.sleep(RETRIES.waitMs);
    }
  }

  private set(type: string, status: ConditionStatus, reason: string, message: string): void {
    this.conditions = setCondition(this.conditions, { type, status, reason, message }, timeOf(this.context.nowMs));
  }

  /** A condition that only the gate HPAScaleToZero keeps. */
  private forgetZero(): void {
    this.conditions = removeCondition(this.conditions, 'ScaledToZero');
  }

  private statusNumber(field: string): number {
    return numberAt(this.hpa, 'status', field) ?? 0;
  }

  /** Source: `setStatus`. */
  private tell(
    currentReplicas: number,
    desiredReplicas: number,
    statuses: readonly JsonObject[] | undefined,
    isRescaled: boolean,
  ): void {
    const last = isRescaled ? timeOf(this.context.nowMs) : stringAt(this.hpa, 'status', 'lastScaleTime');
    const generation = numberAt(this.hpa, 'status', 'observedGeneration');
    this.writeStatus({
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      ...(last === undefined ? {} : { lastScaleTime: last }),
      ...(currentReplicas === 0 ? {} : { currentReplicas }),
      desiredReplicas,
      ...(statuses === undefined || statuses.length === 0 ? {} : { currentMetrics: [...statuses] }),
    });
  }

  /** Source: `updateStatusIfNeeded`. */
  private writeStatus(told: JsonObject): void {
    const status = { ...told, conditions: this.conditions };
    const before = objectAt(this.hpa, 'status') ?? {};
    if (jsonEqual({ conditions: [], desiredReplicas: 0, ...before }, { desiredReplicas: 0, ...status })) return;
    const at = { resource: AUTOSCALERS, namespace: this.namespace, name: nameOf(this.hpa) };
    const written = this.context.api.call({
      ...at,
      verb: 'update',
      subresource: 'status',
      body: { ...this.hpa, status },
    });
    if (!written.ok) this.context.event(this.hpa, 'Warning', 'FailedUpdateStatus', written.message);
  }
}
