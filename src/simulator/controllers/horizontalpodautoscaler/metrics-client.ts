import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, isJsonObject, numberAt, stringAt, valueAt } from '../../../base/json.ts';
import { parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import { parseDurationMs } from '../../../apimachinery/duration.ts';
import { formatLabelSelector, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import { milliValueOf, quantityOf } from '../../../apimachinery/quantity.ts';
import type { ApiResult } from '../../client/api-client.ts';
import type { ResourceName } from '../../messages.ts';
import type { ApiWriter } from '../controller.ts';
import { runTimeOf } from '../workload/pod-state.ts';
import type { Failure, PodMetric, PodMetrics } from './pod-metrics.ts';
import { resourceOfKind } from './scale-target.ts';

/**
 * What the three APIs of metrics say: the resource metrics API (metrics-server), the custom and the external one.
 * Source: pkg/controller/podautoscaler/metrics/client.go, 1.36.
 */

const POD_METRICS: ResourceName = { group: 'metrics.k8s.io', version: 'v1beta1', plural: 'pods' };
const CUSTOM = { group: 'custom.metrics.k8s.io', version: 'v1beta2' } as const;
const EXTERNAL = { group: 'external.metrics.k8s.io', version: 'v1beta1' } as const;

/** How long a custom metric is measured, where the answer does not say. Source: `metricServerDefaultMetricWindow`. */
const DEFAULT_WINDOW_MS = 60_000;

/** What Pods use of a resource, all their containers together or one of them. */
export function resourceMetrics(
  api: ApiWriter,
  resource: string,
  namespace: string,
  labelSelector: string,
  container: string,
): PodMetrics | Failure {
  const answer = api.call({ verb: 'list', resource: POD_METRICS, namespace, options: { labelSelector } });
  if (!answer.ok) return unfetched('resource', withResource(answer, 'pods.metrics.k8s.io'));
  const items = arrayAt(answer.object, 'items');
  if (items.length === 0) return { failure: 'no metrics returned from resource metrics API' };
  const metrics = new Map<string, PodMetric>();
  for (const item of items) {
    const value = usedBy(arrayAt(item, 'containers'), resource, container);
    if (value !== undefined)
      metrics.set(stringAt(item, 'metadata', 'name') ?? '', {
        atMs: runTimeOf(stringAt(item, 'timestamp')) ?? -Infinity,
        windowMs: parseDurationMs(stringAt(item, 'window') ?? '') ?? 0,
        value,
      });
  }
  return metrics;
}

/** Undefined where one of the containers was not measured. */
function usedBy(containers: readonly JsonValue[], resource: string, container: string): bigint | undefined {
  const asked =
    container === '' ? containers : containers.filter((one) => stringAt(one, 'name') === container).slice(0, 1);
  if (asked.length === 0) return undefined;
  let sum = 0n;
  for (const one of asked) {
    const used = quantityOf(valueAt(one, 'usage', resource));
    if (used === undefined) return undefined;
    sum += milliValueOf(used);
  }
  return sum;
}

/** A metric that each Pod has for itself. */
export function podsMetric(
  api: ApiWriter,
  metric: string,
  namespace: string,
  labelSelector: string,
  metricSelector: string,
): PodMetrics | Failure {
  const answer = api.call({
    verb: 'get',
    resource: { ...CUSTOM, plural: 'pods' },
    namespace,
    name: '*',
    subresource: metric,
    options: { labelSelector, ...metricLabels(metricSelector) },
  });
  if (!answer.ok) return unfetched('custom', customWords(answer));
  const items = arrayAt(answer.object, 'items');
  if (items.length === 0) return { failure: 'no metrics returned from custom metrics API' };
  return new Map(
    items.map((item): [string, PodMetric] => {
      const windowSeconds = numberAt(item, 'windowSeconds');
      return [
        stringAt(item, 'describedObject', 'name') ?? '',
        {
          atMs: runTimeOf(stringAt(item, 'timestamp')) ?? -Infinity,
          windowMs: windowSeconds === undefined ? DEFAULT_WINDOW_MS : windowSeconds * 1000,
          value: milliValue(item),
        },
      ];
    }),
  );
}

/** A metric of one object, in thousandths. */
export function objectMetric(
  api: ApiWriter,
  metric: string,
  namespace: string,
  object: JsonObject,
  metricSelector: string,
): bigint | Failure {
  const kind = stringAt(object, 'kind') ?? '';
  const { group } = parseApiVersion(stringAt(object, 'apiVersion') ?? '');
  const isNamespace = kind === 'Namespace' && group === '';
  const mapped = resourceOfKind(undefined, group, kind);
  const plural = mapped === undefined ? '' : mapped.qualified;
  if (mapped === undefined) return unfetched('custom', `no matches for kind "${kind}" in group "${group}"`);
  const answer = api.call({
    verb: 'get',
    resource: { ...CUSTOM, plural },
    ...(isNamespace ? {} : { namespace }),
    name: isNamespace ? namespace : (stringAt(object, 'name') ?? ''),
    subresource: metric,
    options: metricLabels(metricSelector),
  });
  if (!answer.ok) return unfetched('custom', customWords(answer));
  const [first, ...more] = arrayAt(answer.object, 'items');
  if (first === undefined || more.length > 0)
    return unfetched(
      'custom',
      `the custom metrics API server returned ${more.length + (first === undefined ? 0 : 1)} results when we asked for exactly one`,
    );
  return milliValue(first);
}

/** The values of a metric that no object of the cluster has, in thousandths. */
export function externalMetric(
  api: ApiWriter,
  metric: string,
  namespace: string,
  labelSelector: string,
): readonly bigint[] | Failure {
  const resource = { ...EXTERNAL, plural: metric };
  const answer = api.call({ verb: 'list', resource, namespace, options: { labelSelector } });
  if (!answer.ok) return unfetched('external', withResource(answer, `${metric}.external.metrics.k8s.io`));
  const items = arrayAt(answer.object, 'items');
  if (items.length === 0) return { failure: 'no metrics returned from external metrics API' };
  return items.map(milliValue);
}

/** A selector of metrics as the clients write it. */
export function metricSelectorOf(selector: JsonValue | undefined): string {
  return isJsonObject(selector) ? formatLabelSelector(parseLabelSelector(selector)) : '';
}

function metricLabels(metricLabelSelector: string): { readonly metricLabelSelector?: string } {
  return metricLabelSelector === '' ? {} : { metricLabelSelector };
}

function milliValue(item: JsonValue): bigint {
  const value = quantityOf(valueAt(item, 'value'));
  return value === undefined ? 0n : milliValueOf(value);
}

type Refused = Extract<ApiResult, { readonly ok: false }>;

/** Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go `NewGenericServerResponse`, 1.36. */
function withResource({ code, message }: Refused, qualified: string): string {
  const isBare = code === 404 && message === 'the server could not find the requested resource';
  return isBare ? `${message} (get ${qualified})` : message;
}

/** Source: staging/src/k8s.io/metrics/pkg/client/custom_metrics/discovery.go, 1.36. */
function customWords({ code, message }: Refused): string {
  const isBare = code === 404 && message === 'the server could not find the requested resource';
  return isBare ? `no custom metrics API (${CUSTOM.group}) registered` : message;
}

function unfetched(api: string, words: string): Failure {
  return { failure: `unable to fetch metrics from ${api} metrics API: ${words}` };
}
