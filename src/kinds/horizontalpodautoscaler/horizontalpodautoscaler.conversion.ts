import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asArray, asObject, isJsonObject, objectAt, valueAt } from '../../base/json.ts';
import { quantityOf, isZeroQuantity } from '../../apimachinery/quantity.ts';
import { optionalIntegerAt } from '../shared/validation/fields.ts';
import { BEHAVIOR, METRICS, ROUND_TRIP_ANNOTATIONS } from './horizontalpodautoscaler.annotations.ts';

/** An autoscaler of any version as autoscaling/v2. Source: pkg/apis/autoscaling/{v1,v2}/conversion.go, 1.36. */
export function toHub(object: KubernetesObject): KubernetesObject {
  return withoutRoundTripAnnotations(inVersion2(object));
}

/** v2beta2 has the fields of v2; v2beta1 spells its metrics as the annotation of v1 does. */
function inVersion2(object: KubernetesObject): KubernetesObject {
  const { version } = parseApiVersion(object.apiVersion);
  if (version === 'v1') return fromVersion1(object);
  if (version !== 'v2beta1') return object;
  const spec = objectAt(object, 'spec');
  return spec?.['metrics'] === undefined
    ? object
    : { ...object, spec: { ...spec, metrics: metricsOf(spec['metrics']) } };
}

function fromVersion1(object: KubernetesObject): KubernetesObject {
  const { targetCPUUtilizationPercentage: _, ...kept } = objectAt(object, 'spec') ?? {};
  const percent = optionalIntegerAt(object, 'spec', 'targetCPUUtilizationPercentage');
  const target = percent === undefined ? [] : [cpuMetric(percent)];
  const metrics = [...metricsFromAnnotation(object), ...target];
  const behavior = behaviorFromAnnotation(object);
  const spec = { ...kept, ...(metrics.length > 0 ? { metrics } : {}), ...(behavior ? { behavior } : {}) };
  return { ...object, apiVersion: 'autoscaling/v2', spec };
}

function cpuMetric(averageUtilization: number | bigint): JsonValue {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

function withoutRoundTripAnnotations(object: KubernetesObject): KubernetesObject {
  const annotations = objectAt(object, 'metadata', 'annotations');
  if (annotations === undefined || !Object.keys(annotations).some((key) => ROUND_TRIP_ANNOTATIONS.has(key)))
    return object;
  const kept = Object.fromEntries(Object.entries(annotations).filter(([key]) => !ROUND_TRIP_ANNOTATIONS.has(key)));
  const { annotations: _, ...metadata } = objectAt(object, 'metadata') ?? {};
  return {
    ...object,
    metadata: Object.keys(kept).length === 0 ? metadata : { ...metadata, annotations: kept },
  };
}

/** Annotations that are no JSON are passed over, as the server does. */
function annotationJson(object: KubernetesObject, name: string): unknown {
  const text = annotationsOf(object).get(name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function metricsFromAnnotation(object: KubernetesObject): readonly JsonValue[] {
  return metricsOf(annotationJson(object, METRICS));
}

function metricsOf(written: unknown): readonly JsonValue[] {
  return asArray(written).map((metric) => ({
    type: valueAt(metric, 'type') ?? '',
    ...source(metric, 'object', (from) => ({
      describedObject: valueAt(from, 'target') ?? {},
      metric: identifier(from, 'metricName', 'selector'),
      target: objectTarget(from),
    })),
    ...source(metric, 'pods', (from) => ({
      metric: identifier(from, 'metricName', 'selector'),
      target: { type: 'AverageValue', averageValue: valueAt(from, 'targetAverageValue') ?? '0' },
    })),
    ...source(metric, 'resource', resourceSource),
    ...source(metric, 'containerResource', resourceSource),
    ...source(metric, 'external', (from) => ({
      metric: identifier(from, 'metricName', 'metricSelector'),
      target: {
        type: valueAt(from, 'targetValue') === undefined ? 'AverageValue' : 'Value',
        ...taking(from, { value: 'targetValue', averageValue: 'targetAverageValue' }),
      },
    })),
  }));
}

function source(metric: JsonValue, name: string, convert: (from: JsonObject) => JsonObject): JsonObject {
  const from = objectAt(metric, name);
  return from === undefined ? {} : { [name]: convert(from) };
}

function identifier(from: JsonObject, name: string, selector: string): JsonObject {
  return taking(from, { name, selector });
}

function objectTarget(from: JsonObject): JsonObject {
  const value = quantityOf(valueAt(from, 'targetValue'));
  if (valueAt(from, 'averageValue') === undefined) return { type: 'Value', value: valueAt(from, 'targetValue') ?? '0' };
  const isZero = value === undefined || isZeroQuantity(value);
  return {
    type: 'AverageValue',
    ...taking(from, { averageValue: 'averageValue', ...(isZero ? {} : { value: 'targetValue' }) }),
  };
}

function resourceSource(from: JsonObject): JsonObject {
  const type = valueAt(from, 'targetAverageUtilization') === undefined ? 'AverageValue' : 'Utilization';
  const target = taking(from, { averageUtilization: 'targetAverageUtilization', averageValue: 'targetAverageValue' });
  return { ...taking(from, { name: 'name', container: 'container' }), target: { type, ...target } };
}

/** Fields under other names; those that are not there are left out. */
function taking(from: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  const entries = Object.entries(names).map(([name, old]) => [name, valueAt(from, old)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The annotation holds the internal version, whose fields have Go's names: `ScaleUp`. */
function behaviorFromAnnotation(object: KubernetesObject): JsonObject | undefined {
  return asObject(withSmallNames(asObject(annotationJson(object, BEHAVIOR))));
}

function withSmallNames(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => withSmallNames(item) ?? null);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(
    entries.map(([name, field]) => [name.charAt(0).toLowerCase() + name.slice(1), withSmallNames(field)]),
  );
}
