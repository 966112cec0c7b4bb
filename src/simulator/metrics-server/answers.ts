import { formatDurationMs } from '../../apimachinery/duration.ts';
import { selectsObject } from '../../apimachinery/label-selector.ts';
import { parseLabelSelectorString } from '../../apimachinery/label-selector-string.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { formatQuantity, makeQuantity } from '../../apimachinery/quantity.ts';
import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import type { View } from '../client/view.ts';
import type { ApiRequest } from '../messages.ts';
import { timeOf } from '../kernel/clock.ts';
import type { Measured, Points, Use } from './points.ts';
import { measuredUse } from './points.ts';

/** What metrics-server has to say to a request of the group metrics.k8s.io. */
export type MetricsAnswer =
  | { readonly code: 200; readonly body: KubernetesObject }
  | { readonly code: 404; readonly name: string };

const API_VERSION = 'metrics.k8s.io/v1beta1';

/** Source: github.com/kubernetes-sigs/metrics-server/pkg/api/pod.go, node.go, v0.8. */
export function metricsAnswer(
  { resource, namespace, name, options }: ApiRequest,
  points: Points,
  caches: { readonly pods: View; readonly nodes: View },
  nowMs: number,
): MetricsAnswer {
  const isPods = resource.plural === 'pods';
  const metrics = (object: KubernetesObject): JsonObject | undefined =>
    isPods ? podMetrics(object, points, nowMs) : nodeMetrics(object, points, nowMs);
  const view = isPods ? caches.pods : caches.nodes;
  const kind = isPods ? 'PodMetrics' : 'NodeMetrics';
  if (name !== undefined) {
    const object = view.get(namespace, name);
    const found = object === undefined ? undefined : metrics(object);
    const missing = namespace === undefined ? name : `${namespace}/${name}`;
    return found === undefined
      ? { code: 404, name: missing }
      : { code: 200, body: { apiVersion: API_VERSION, kind, ...found } };
  }
  const selector = parseLabelSelectorString(options?.labelSelector ?? '');
  const items = view
    .list(namespace)
    .filter((object) => selectsObject(selector, object))
    .map(metrics)
    .filter((item) => item !== undefined);
  return { code: 200, body: { apiVersion: API_VERSION, kind: `${kind}List`, metadata: {}, items } };
}

/** Of a Pod that runs, all of whose containers were measured twice. */
function podMetrics(pod: KubernetesObject, points: Points, nowMs: number): JsonObject | undefined {
  const namespace = namespaceOf(pod) ?? '';
  const measured = points.pods.get(`${namespace}/${nameOf(pod)}`);
  if (measured === undefined || stringAt(pod, 'status', 'phase') !== 'Running') return undefined;
  const uses = [...measured].flatMap(([container, one]) => {
    const use = measuredUse(one);
    return use === undefined ? [] : [{ container, use }];
  });
  if (uses.length < measured.size) return undefined;
  const earliest = uses.map(({ use }) => use).reduce((a, b) => (b.atMs < a.atMs ? b : a));
  return {
    metadata: metadataOf(pod, nowMs, namespace),
    ...spanOf(earliest),
    containers: uses.map(({ container, use }) => ({ name: container, usage: usageOf(use) })),
  };
}

function nodeMetrics(node: KubernetesObject, points: Points, nowMs: number): JsonObject | undefined {
  const measured: Measured | undefined = points.nodes.get(nameOf(node));
  const use = measured === undefined ? undefined : measuredUse(measured);
  return use === undefined ? undefined : { metadata: metadataOf(node, nowMs), ...spanOf(use), usage: usageOf(use) };
}

function metadataOf(object: KubernetesObject, nowMs: number, namespace?: string): JsonObject {
  const labels = labelsOf(object);
  return {
    name: nameOf(object),
    ...(namespace === undefined ? {} : { namespace }),
    creationTimestamp: timeOf(nowMs),
    ...(labels.size === 0 ? {} : { labels: Object.fromEntries(labels) }),
  };
}

function spanOf({ atMs, windowMs }: Use): JsonObject {
  return { timestamp: timeOf(atMs), window: formatDurationMs(windowMs) };
}

function usageOf({ cpuNano, memoryBytes }: Use): JsonObject {
  return {
    cpu: formatQuantity(makeQuantity(BigInt(cpuNano), 'DecimalSI', -9)),
    memory: formatQuantity(makeQuantity(BigInt(Math.trunc(memoryBytes)), 'BinarySI')),
  };
}
