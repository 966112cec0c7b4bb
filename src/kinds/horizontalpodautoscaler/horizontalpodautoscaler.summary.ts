import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, valueAt } from '../../base/json.ts';
import type { Summary } from '../kind.ts';

/** `3–10` Pods (at least 1 where none is written), and what decides: `cpu 80%`. */
export function autoscalerSummary(object: JsonObject): Summary {
  const max = numberAt(object, 'spec', 'maxReplicas');
  const min = numberAt(object, 'spec', 'minReplicas') ?? 1;
  const metrics = [...oldTarget(object), ...arrayAt(object, 'spec', 'metrics').flatMap(metricText)];
  return {
    ...(max === undefined ? {} : { fact: `${min}–${max}` }),
    ...(metrics.length === 0 ? {} : { detail: metrics.join(' · ') }),
  };
}

/** The one target of autoscaling/v1 and of extensions/v1beta1. */
function oldTarget(object: JsonObject): readonly string[] {
  const percentage =
    numberAt(object, 'spec', 'targetCPUUtilizationPercentage') ??
    numberAt(object, 'spec', 'cpuUtilization', 'targetPercentage');
  return percentage === undefined ? [] : [`cpu ${percentage}%`];
}

const SOURCES = ['resource', 'containerResource', 'pods', 'object', 'external'];

function metricText(metric: JsonValue): readonly string[] {
  return SOURCES.flatMap((source) => {
    const fields = objectAt(metric, source);
    const name = nameAt(fields, 'name') ?? nameAt(fields, 'metric', 'name') ?? nameAt(fields, 'metricName');
    if (!fields || name === undefined) return [];
    const target = targetText(fields);
    return [target === undefined ? name : `${name} ${target}`];
  });
}

/** `80%` or a quantity: below `target`, or beside the metric in v2beta1. */
function targetText(fields: JsonObject): string | undefined {
  const utilization = numberAt(fields, 'target', 'averageUtilization') ?? numberAt(fields, 'targetAverageUtilization');
  if (utilization !== undefined) return `${utilization}%`;
  const values = [
    valueAt(fields, 'target', 'averageValue'),
    valueAt(fields, 'target', 'value'),
    valueAt(fields, 'targetAverageValue'),
    valueAt(fields, 'targetValue'),
  ];
  const value = values.find((candidate) => typeof candidate === 'string' || typeof candidate === 'number');
  return value === undefined ? undefined : String(value);
}
