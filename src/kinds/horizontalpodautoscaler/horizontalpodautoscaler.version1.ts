import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asArray, isJsonObject, objectAt, valueAt } from '../../base/json.ts';
import { optionalIntegerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import { BEHAVIOR, METRICS } from './horizontalpodautoscaler.annotations.ts';

/**
 * An autoscaler of autoscaling/v2 in another served version. Version 1 has a field for one target, the use of CPU; what
 * else there is goes into annotations. Source: pkg/apis/autoscaling/v1/conversion.go, 1.36.
 */
export function fromHub(object: KubernetesObject, apiVersion: string): KubernetesObject {
  if (apiVersion !== 'autoscaling/v1') return object;
  const { metrics: _, behavior, ...kept } = objectAt(object, 'spec') ?? {};
  const metrics = arrayAt(object, 'spec', 'metrics');
  const percent = metrics.map(cpuUtilizationOf).find((utilization) => utilization !== undefined);
  const others = metrics.filter((metric) => cpuUtilizationOf(metric) === undefined);
  const annotations: JsonObject = {
    ...(others.length > 0 ? { [METRICS]: JSON.stringify(others.map(metricOfVersion1)) } : {}),
    ...(isJsonObject(behavior) ? { [BEHAVIOR]: JSON.stringify(shownBehavior(behavior)) } : {}),
  };
  const converted = {
    ...object,
    apiVersion,
    spec: { ...kept, ...(percent === undefined ? {} : { targetCPUUtilizationPercentage: percent }) },
  };
  if (Object.keys(annotations).length === 0) return converted;
  const metadata = objectAt(object, 'metadata') ?? {};
  return {
    ...converted,
    metadata: { ...metadata, annotations: { ...objectAt(metadata, 'annotations'), ...annotations } },
  };
}

function cpuUtilizationOf(metric: JsonValue): number | bigint | undefined {
  const isCpu = textAt(metric, 'type') === 'Resource' && textAt(metric, 'resource', 'name') === 'cpu';
  return isCpu ? optionalIntegerAt(metric, 'resource', 'target', 'averageUtilization') : undefined;
}

/** Fields in the order of the Go struct; those that are missing are left out by JSON. */
function metricOfVersion1(metric: JsonValue): JsonObject {
  const at = (field: string, ...path: readonly string[]) => pointerAt(metric, field, ...path);
  const written = (field: string, source: () => JsonObject) => (at(field) === undefined ? undefined : source());
  return {
    type: textAt(metric, 'type'),
    object: written('object', () => ({
      target: at('object', 'describedObject'),
      metricName: textAt(metric, 'object', 'metric', 'name'),
      targetValue: at('object', 'target', 'value') ?? '0',
      selector: at('object', 'metric', 'selector'),
      averageValue: at('object', 'target', 'averageValue'),
    })),
    pods: written('pods', () => ({
      metricName: textAt(metric, 'pods', 'metric', 'name'),
      targetAverageValue: at('pods', 'target', 'averageValue') ?? '0',
      selector: at('pods', 'metric', 'selector'),
    })),
    resource: written('resource', () => ({
      name: textAt(metric, 'resource', 'name'),
      targetAverageUtilization: at('resource', 'target', 'averageUtilization'),
      targetAverageValue: at('resource', 'target', 'averageValue'),
    })),
    containerResource: written('containerResource', () => ({
      name: textAt(metric, 'containerResource', 'name'),
      targetAverageUtilization: at('containerResource', 'target', 'averageUtilization'),
      targetAverageValue: at('containerResource', 'target', 'averageValue'),
      container: textAt(metric, 'containerResource', 'container'),
    })),
    external: written('external', () => ({
      metricName: textAt(metric, 'external', 'metric', 'name'),
      metricSelector: at('external', 'metric', 'selector'),
      targetValue: at('external', 'target', 'value'),
      targetAverageValue: at('external', 'target', 'averageValue'),
    })),
  };
}

/** The annotation holds the internal version, in Go's names. */
function shownBehavior(behavior: JsonObject): JsonObject {
  return { ScaleUp: shownRules(valueAt(behavior, 'scaleUp')), ScaleDown: shownRules(valueAt(behavior, 'scaleDown')) };
}

function shownRules(rules: JsonValue | undefined): JsonValue {
  if (!isJsonObject(rules)) return null;
  return {
    StabilizationWindowSeconds: rules['stabilizationWindowSeconds'] ?? null,
    SelectPolicy: rules['selectPolicy'] ?? null,
    Policies: asArray(rules['policies']).map((policy) => ({
      Type: valueAt(policy, 'type') ?? '',
      Value: valueAt(policy, 'value') ?? 0,
      PeriodSeconds: valueAt(policy, 'periodSeconds') ?? 0,
    })),
    Tolerance: rules['tolerance'] ?? null,
  };
}
