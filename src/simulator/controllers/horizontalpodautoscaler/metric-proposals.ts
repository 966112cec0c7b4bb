import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import type { QuantityFormat } from '../../../apimachinery/quantity.ts';
import {
  formatQuantity,
  makeMilliQuantity,
  milliValueOf,
  quantityOf,
  quantityToApproximateNumber,
} from '../../../apimachinery/quantity.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { goSelector } from '../workload/go-selector.ts';
import { externalMetric, metricSelectorOf, objectMetric, podsMetric, resourceMetrics } from './metrics-client.ts';
import type { Failure } from './pod-metrics.ts';
import { isFailure } from './pod-metrics.ts';
import type { Proposal, Sum, Tolerances } from './replica-calculator.ts';
import { averageReplicas, resourceReplicas, sharedReplicas, totalOf, valueReplicas } from './replica-calculator.ts';

/**
 * What one metric of an autoscaler asks for, and what its status then says.
 * Source: pkg/controller/podautoscaler/horizontal.go `computeReplicasForMetric`, 1.36.
 */

/** What is known of the target when its metrics are looked at. */
export interface Target {
  readonly sum: Omit<Sum, 'tolerances'>;
  readonly statusReplicas: number;
  /** Selector of its Pods, as text. */
  readonly selector: string;
}

export type MetricProposal =
  | { readonly replicas: number; readonly metric: string; readonly status: JsonObject }
  | {
      /** In the words of the error, and in those of the condition. */
      readonly failure: string;
      readonly reason: string;
      readonly cause: string;
    };

interface Asked extends Target {
  readonly context: ReconcileContext;
  readonly hpa: KubernetesObject;
  readonly spec: JsonValue;
}

/** The part of a metric that its type names, and the first words of its failures. */
export function proposalOf(
  context: ReconcileContext,
  hpa: KubernetesObject,
  spec: JsonValue,
  target: Target,
): MetricProposal {
  const asked: Asked = { ...target, context, hpa, spec };
  const type = stringAt(spec, 'type') ?? '';
  switch (type) {
    case 'Resource':
      return resourceProposal(asked, 'resource');
    case 'ContainerResource':
      return resourceProposal(asked, 'containerResource');
    case 'Pods':
      return podsProposal(asked);
    case 'Object':
      return objectProposal(asked);
    case 'External':
      return externalProposal(asked);
    default: {
      const failure = `unknown metric source type "${type}"`;
      return { failure, cause: failure, reason: 'InvalidMetricSourceType' };
    }
  }
}

/** Source: horizontal.go `tolerancesForHpa`. */
function sumOf({ context, hpa, sum }: Asked): Sum {
  const { tolerance } = context.numbers.horizontalPodAutoscaler;
  const of = (rules: string): number => {
    const own = quantityOf(valueAt(hpa, 'spec', 'behavior', rules, 'tolerance'));
    return own === undefined ? tolerance : quantityToApproximateNumber(own);
  };
  const tolerances: Tolerances = { down: of('scaleDown'), up: of('scaleUp') };
  return { ...sum, tolerances };
}

function resourceProposal(asked: Asked, field: 'resource' | 'containerResource'): MetricProposal {
  const { context, hpa, spec, selector } = asked;
  const source = objectAt(spec, field) ?? {};
  const name = stringAt(source, 'name') ?? '';
  const isContainer = field === 'containerResource';
  const container = isContainer ? (stringAt(source, 'container') ?? '') : '';
  const [reason, first] = isContainer
    ? ['FailedGetContainerResourceMetric', `failed to get ${container} container metric value`]
    : ['FailedGetResourceMetric', `failed to get ${name} resource metric value`];
  const refuse = (cause: string): MetricProposal => ({ failure: `${first}: ${cause}`, cause, reason });
  const averageValue = milliAt(source, 'averageValue');
  const percent = numberAt(source, 'target', 'averageUtilization');
  if (averageValue === undefined && percent === undefined)
    return refuse(
      'invalid resource metric source: neither an average utilization target nor an average value (usage) target was set',
    );
  const noun = averageValue === undefined ? 'utilization' : 'usage';
  const metrics = resourceMetrics(context.api, name, namespaceOf(hpa) ?? '', selector, container);
  if (isFailure(metrics))
    return refuse(`failed to get ${name} ${noun}: unable to get metrics for resource ${name}: ${metrics.failure}`);
  const sum = sumOf(asked);
  const proposal =
    averageValue === undefined
      ? resourceReplicas(sum, metrics, name, container, percent ?? 0)
      : averageReplicas(sum, metrics, name, averageValue);
  if (isFailure(proposal)) return refuse(`failed to get ${name} ${noun}: ${proposal.failure}`);
  const what = isContainer ? 'container resource' : 'resource';
  const metric =
    averageValue === undefined ? `${name} ${what} utilization (percentage of request)` : `${name} resource`;
  const { utilization } = proposal;
  const current = {
    averageValue: milliText(proposal.usage, name === 'memory' ? 'BinarySI' : 'DecimalSI'),
    ...(utilization === undefined ? {} : { averageUtilization: utilization }),
  };
  const told = isContainer ? { name, container, current } : { name, current };
  return {
    replicas: proposal.replicas,
    metric,
    status: { type: isContainer ? 'ContainerResource' : 'Resource', [field]: told },
  };
}

function podsProposal(asked: Asked): MetricProposal {
  const { context, hpa, spec, selector } = asked;
  const source = objectAt(spec, 'pods') ?? {};
  const name = metricName(source);
  const refuse = refusing('failed to get pods metric value', 'FailedGetPodsMetric');
  const labels = metricSelectorOf(valueAt(source, 'metric', 'selector'));
  const metrics = podsMetric(context.api, name, namespaceOf(hpa) ?? '', selector, labels);
  if (isFailure(metrics)) return refuse(`unable to get metric ${name}: ${metrics.failure}`);
  const proposal = averageReplicas(sumOf(asked), metrics, '', milliAt(source, 'averageValue') ?? 0n);
  if (isFailure(proposal)) return refuse(proposal.failure);
  const current = { averageValue: milliText(proposal.usage) };
  const status = { type: 'Pods', pods: { metric: metricOf(source), current } };
  return { replicas: proposal.replicas, metric: `pods metric ${name}`, status };
}

function objectProposal(asked: Asked): MetricProposal {
  const { context, hpa, spec, statusReplicas } = asked;
  const source = objectAt(spec, 'object') ?? {};
  const described = objectAt(source, 'describedObject') ?? {};
  const [kind, objectName] = [stringAt(described, 'kind') ?? '', stringAt(described, 'name') ?? ''];
  const [name, namespace] = [metricName(source), namespaceOf(hpa) ?? ''];
  const refuse = refusing('failed to get object metric value', 'FailedGetObjectMetric');
  const goal = goalOf(source);
  if (goal === undefined)
    return refuse('invalid object metric source: neither a value target nor an average value target was set');
  const labels = metricSelectorOf(valueAt(source, 'metric', 'selector'));
  const usage = objectMetric(context.api, name, namespace, described, labels);
  const told = (current: JsonObject): JsonObject => ({
    type: 'Object',
    object: { describedObject: described, metric: metricOf(source), current },
  });
  if (typeof usage === 'object') {
    const cause = `unable to get metric ${name}: ${kind} on ${namespace} ${objectName}/${usage.failure}`;
    return goal.isShared ? refuse(cause, `failed to get ${name} object metric: ${cause}`) : refuse(cause);
  }
  const sum = sumOf(asked);
  if (goal.isShared) {
    const proposal = sharedReplicas(sum, statusReplicas, usage, goal.value);
    const status = told({ averageValue: milliText(proposal.usage) });
    return { replicas: proposal.replicas, metric: externalName(source), status };
  }
  const proposal = valueReplicas(sum, usage, goal.value);
  if (isFailure(proposal)) return refuse(proposal.failure);
  const status = told({ value: milliText(proposal.usage) });
  return { replicas: proposal.replicas, metric: `${kind} metric ${name}`, status };
}

function externalProposal(asked: Asked): MetricProposal {
  const { context, hpa, spec, statusReplicas } = asked;
  const source = objectAt(spec, 'external') ?? {};
  const [name, namespace] = [metricName(source), namespaceOf(hpa) ?? ''];
  const refuse = refusing(`failed to get ${name} external metric value`, 'FailedGetExternalMetric');
  const goal = externalGoalOf(source);
  if (goal === undefined)
    return refuse('invalid external metric source: neither a value target nor an average value target was set');
  const selector = valueAt(source, 'metric', 'selector');
  const values = externalMetric(context.api, name, namespace, metricSelectorOf(selector));
  const about = goal.isShared ? `failed to get ${name} external metric` : `failed to get external metric ${name}`;
  if ('failure' in values) {
    const cause = `unable to get external metric ${namespace}/${name}/${goSelector(selector)}: ${values.failure}`;
    return refuse(cause, `${about}: ${cause}`);
  }
  const usage = totalOf(values);
  const sum = sumOf(asked);
  const proposal: Proposal | Failure = goal.isShared
    ? sharedReplicas(sum, statusReplicas, usage, goal.value)
    : valueReplicas(sum, usage, goal.value);
  if (isFailure(proposal)) return refuse(proposal.failure, `${about}: ${proposal.failure}`);
  const text = milliText(proposal.usage);
  const current = goal.isShared ? { averageValue: text } : { value: text };
  const status = { type: 'External', external: { metric: metricOf(source), current } };
  return { replicas: proposal.replicas, metric: externalName(source), status };
}

function refusing(first: string, reason: string) {
  return (cause: string, error = cause): MetricProposal => ({ failure: `${first}: ${error}`, cause, reason });
}

interface Goal {
  readonly value: bigint;
  /** One number for all replicas together. */
  readonly isShared: boolean;
}

function goalOf(source: JsonObject): Goal | undefined {
  const type = stringAt(source, 'target', 'type');
  const [value, average] = [milliAt(source, 'value'), milliAt(source, 'averageValue')];
  if (type === 'Value' && value !== undefined) return { value, isShared: false };
  return type === 'AverageValue' && average !== undefined ? { value: average, isShared: true } : undefined;
}

function externalGoalOf(source: JsonObject): Goal | undefined {
  const [value, average] = [milliAt(source, 'value'), milliAt(source, 'averageValue')];
  if (average !== undefined) return { value: average, isShared: true };
  return value === undefined ? undefined : { value, isShared: false };
}

function milliAt(source: JsonObject, field: string): bigint | undefined {
  const quantity = quantityOf(valueAt(source, 'target', field));
  return quantity === undefined ? undefined : milliValueOf(quantity);
}

export function milliText(value: bigint, format: QuantityFormat = 'DecimalSI'): string {
  return formatQuantity(makeMilliQuantity(value, format));
}

function metricName(source: JsonObject): string {
  return stringAt(source, 'metric', 'name') ?? '';
}

function metricOf(source: JsonObject): JsonObject {
  const selector = valueAt(source, 'metric', 'selector');
  return { name: metricName(source), ...(selector === undefined ? {} : { selector }) };
}

/** As the controller prints it, a selector in Go's way with it; of an object's share it says the same. */
function externalName(source: JsonObject): string {
  return `external metric ${metricName(source)}(${goSelector(valueAt(source, 'metric', 'selector'))})`;
}
