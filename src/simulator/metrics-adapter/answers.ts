import {
  isEmptySelector,
  labelSelectorFromMap,
  matchesLabels,
  selectsObject,
} from '../../apimachinery/label-selector.ts';
import { parseLabelSelectorString } from '../../apimachinery/label-selector-string.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { formatQuantity, makeMilliQuantity } from '../../apimachinery/quantity.ts';
import type { JsonObject } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { isLike } from '../behaviour/behaviour-of.ts';
import type { View } from '../client/view.ts';
import { timeOf } from '../kernel/clock.ts';
import type { ApiRequest } from '../messages.ts';
import type { Counts } from './counts.ts';
import { rateOf } from './counts.ts';
import type { NamedSeries } from './series.ts';
import { scriptedValue } from './series.ts';

/** What an adapter has to say to a request. */
export type AdapterAnswer =
  | { readonly code: 200; readonly body: KubernetesObject }
  | { readonly code: 404; readonly message: string };

export interface AdapterScene {
  readonly series: readonly NamedSeries[];
  readonly counts: Counts;
  readonly nowMs: number;
  /** The objects that it knows by name and label; undefined of a resource that it does not watch. */
  view(qualified: string): View | undefined;
}

export const CUSTOM_GROUP = 'custom.metrics.k8s.io';
export const EXTERNAL_GROUP = 'external.metrics.k8s.io';

/** In a series, what no object of the cluster has. */
export const EXTERNAL = 'external';

/** How long requests are counted for a rate, where a script does not say. Assumed: `rate(…[1m])`. */
const WINDOW_MS = 60_000;

export function adapterAnswer(request: ApiRequest, scene: AdapterScene): AdapterAnswer {
  return request.resource.group === EXTERNAL_GROUP ? externalAnswer(request, scene) : customAnswer(request, scene);
}

/** Source: staging/src/k8s.io/metrics/pkg/apis/external_metrics/v1beta1/types.go, 1.36. */
function externalAnswer({ resource, namespace = '', options }: ApiRequest, scene: AdapterScene): AdapterAnswer {
  const selector = parseLabelSelectorString(options?.labelSelector ?? '');
  const items = scene.series
    .filter(({ of, metric }) => of === EXTERNAL && metric === resource.plural)
    .filter((series) => series.namespace === undefined || isLike(namespace, series.namespace))
    .filter(({ labels = {} }) => matchesLabels(selector, new Map(Object.entries(labels))))
    .flatMap((series): readonly JsonObject[] => {
      const value = scriptedValue(series, scene.nowMs);
      if (value === undefined) return [];
      const { metric, labels = {} } = series;
      return [{ metricName: metric, metricLabels: { ...labels }, timestamp: timeOf(scene.nowMs), value: milli(value) }];
    });
  const body = { apiVersion: `${EXTERNAL_GROUP}/v1beta1`, kind: 'ExternalMetricValueList', metadata: {}, items };
  return { code: 200, body };
}

function milli(value: number): string {
  return formatQuantity(makeMilliQuantity(BigInt(Math.round(value))));
}

/** Source: staging/src/k8s.io/metrics/pkg/apis/custom_metrics/v1beta2/types.go, 1.36. */
function customAnswer(request: ApiRequest, scene: AdapterScene): AdapterAnswer {
  const { resource, name = '', subresource: metric = '', options } = request;
  const own = scene.series.filter((one) => one.of === resource.plural && one.metric === metric);
  const words = `the server could not find the metric ${metric} for ${resource.plural}`;
  if (own.length === 0) return { code: 404, message: words };
  const version = resource.version === 'v1beta1' ? 'v1beta1' : 'v1beta2';
  const items = objectsMeant(request, scene).flatMap((object) => {
    const found = valueFor(object, own, scene);
    if (found === undefined) return [];
    const { value, atMs, windowMs } = found;
    const described = {
      kind: object.kind,
      ...(namespaceOf(object) === undefined ? {} : { namespace: namespaceOf(object) ?? '' }),
      name: nameOf(object),
      apiVersion: object.apiVersion,
    };
    const named = version === 'v1beta1' ? { metricName: metric } : { metric: { name: metric, selector: null } };
    return [
      {
        describedObject: described,
        ...named,
        timestamp: timeOf(atMs),
        ...(windowMs === undefined ? {} : { windowSeconds: Math.round(windowMs / 1000) }),
        value: milli(value),
      },
    ];
  });
  // Of one object there must be a value; a selection may be empty.
  if (items.length === 0 && name !== '*' && options?.labelSelector === undefined)
    return { code: 404, message: `${words} ${name}` };
  return {
    code: 200,
    body: { apiVersion: `${CUSTOM_GROUP}/${version}`, kind: 'MetricValueList', metadata: {}, items },
  };
}

/** The object that a request names, or those that it selects. */
function objectsMeant(
  { resource, namespace, name = '', options }: ApiRequest,
  { view }: AdapterScene,
): readonly KubernetesObject[] {
  const known = view(resource.plural);
  if (name === '*') {
    const selector = parseLabelSelectorString(options?.labelSelector ?? '');
    return (known?.list(namespace) ?? []).filter((object) => selectsObject(selector, object));
  }
  const found = known?.get(namespace, name);
  if (found !== undefined) return [found];
  // Nobody asks whether it is there.
  return known === undefined ? [{ apiVersion: '', kind: '', metadata: { name, namespace: namespace ?? '' } }] : [];
}

function valueFor(
  object: KubernetesObject,
  series: readonly NamedSeries[],
  { counts, nowMs, view }: AdapterScene,
): { readonly value: number; readonly atMs: number; readonly windowMs: number | undefined } | undefined {
  const fits = series.find(
    ({ namespace, name }) =>
      (namespace === undefined || isLike(namespaceOf(object) ?? '', namespace)) &&
      (name === undefined || isLike(nameOf(object), name)),
  );
  if (fits === undefined) return undefined;
  const scripted = scriptedValue(fits, nowMs);
  if (scripted !== undefined) return { value: scripted, atMs: nowMs, windowMs: undefined };
  if (fits.requests === undefined) return undefined;
  const windowMs = fits.requests.windowMs ?? WINDOW_MS;
  const rates = countersOf(object, view('pods')).flatMap((key) => rateOf(counts, key, windowMs, nowMs) ?? []);
  if (rates.length === 0) return undefined;
  const value = rates.reduce((sum, rate) => sum + rate.milli, 0);
  return { value, atMs: Math.max(...rates.map((rate) => rate.atMs)), windowMs };
}

/** What is counted for an object: its own requests, or those of the Pods behind it. */
function countersOf(object: KubernetesObject, pods: View | undefined): readonly string[] {
  const [namespace, name] = [namespaceOf(object) ?? '', nameOf(object)];
  if (object.kind === 'Pod') return [`pods/${namespace}/${name}/`];
  if (object.kind === 'Ingress') return [`ingresses/${namespace}/${name}/`];
  if (object.kind === 'Namespace') return [`pods/${name}/`];
  const selector = labelSelectorFromMap(valueAt(object, 'spec', 'selector'));
  if (object.kind !== 'Service' || isEmptySelector(selector)) return [];
  return (pods?.list(namespace) ?? [])
    .filter((pod) => selectsObject(selector, pod))
    .map((pod) => `pods/${namespace}/${nameOf(pod)}/`);
}
