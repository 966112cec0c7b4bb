import type { ConditionStatus } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { proposalOf } from './metric-proposals.ts';
import { selectedPods } from './selected-pods.ts';

/** What all metrics of an autoscaler together ask for. */
export interface Proposals {
  /** Undefined where nothing may be done; `failure` says why. */
  readonly replicas: number | undefined;
  /** The metric that asks for the most. */
  readonly metric: string;
  /** For its status, one for each metric; undefined where none was looked at. */
  readonly statuses: readonly JsonObject[] | undefined;
  readonly failure?: string;
  readonly active: { readonly status: ConditionStatus; readonly reason: string; readonly message: string };
  readonly events: readonly { readonly reason: string; readonly message: string }[];
  /** Selector of the target, where it can be read. */
  readonly selector?: string;
}

/** The status of a metric that could not be had: all its fields are empty. */
const EMPTY_STATUS: JsonObject = Object.freeze({ type: '' });

/** Source: pkg/controller/podautoscaler/horizontal.go `computeReplicasForMetrics`, 1.36. */
export function proposalsOf(context: ReconcileContext, hpa: KubernetesObject, scale: KubernetesObject): Proposals {
  const selector = stringAt(scale, 'status', 'selector') ?? '';
  const selected = selectedPods(context, hpa, selector);
  const none = { replicas: undefined, metric: '' };
  if (!('pods' in selected)) {
    const { event, reason, message, failure } = selected;
    const events = [{ reason: event, message: failure }];
    const readable = event === 'AmbiguousSelector' ? { selector } : {};
    return { ...none, ...readable, statuses: undefined, failure, active: { status: 'False', reason, message }, events };
  }
  const currentReplicas = numberAt(scale, 'spec', 'replicas') ?? 0;
  const statusReplicas = numberAt(scale, 'status', 'replicas') ?? 0;
  const spans = context.numbers.horizontalPodAutoscaler;
  const sum = { pods: selected.pods, currentReplicas, spans, nowMs: context.nowMs };
  const metrics = arrayAt(hpa, 'spec', 'metrics');
  const found = metrics.map((spec) => proposalOf(context, hpa, spec, { sum, statusReplicas, selector }));
  const failures = found.flatMap((one) => ('failure' in one ? [one] : []));
  const [best] = found
    .flatMap((one) => ('failure' in one ? [] : [one]))
    .reduce<readonly { readonly replicas: number; readonly metric: string }[]>(
      // The first that asks for more than those before it; a proposal of nothing gives way to the next.
      (before, one) =>
        before[0] === undefined || before[0].replicas === 0 || one.replicas > before[0].replicas ? [one] : before,
      [],
    );
  const statuses = found.map((one) => ('failure' in one ? EMPTY_STATUS : one.status));
  const events = failures.map(({ reason, cause }) => ({ reason, message: cause }));
  const [first] = failures;
  const failure =
    first === undefined
      ? undefined
      : `invalid metrics (${failures.length} invalid out of ${metrics.length}), first error is: ${first.failure}`;
  const replicas = best?.replicas ?? 0;
  if (failures.length >= metrics.length || (failures.length > 0 && replicas < currentReplicas)) {
    const message = `the HPA was unable to compute the replica count: ${first?.cause ?? ''}`;
    const active = { status: 'False' as const, reason: first?.reason ?? '', message };
    return { ...none, statuses, failure: failure ?? '', active, events, selector };
  }
  const metric = best?.metric ?? '';
  const message = `the HPA was able to successfully calculate a replica count from ${metric}`;
  return {
    replicas,
    metric,
    statuses,
    active: { status: 'True', reason: 'ValidMetricFound', message },
    events,
    selector,
    ...(failure === undefined ? {} : { failure }),
  };
}
