import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, asObject, booleanAt, jsonEqual, nameAt, stringAt, valueAt } from '../../../base/json.ts';
import type { SlicePlan } from './plan-slices.ts';

const CLOSE: ReadonlySet<string> = new Set(['PreferClose', 'PreferSameZone', 'PreferSameNode']);

/**
 * Hints say which zone or Node an endpoint is for, where the Service prefers near ones.
 * Source: staging/src/k8s.io/endpointslice/trafficdist/trafficdist.go, 1.36.
 */
export function withHints(
  service: KubernetesObject,
  plan: SlicePlan,
  existing: readonly KubernetesObject[],
): SlicePlan {
  const wanted = stringAt(service, 'spec', 'trafficDistribution') ?? '';
  const annotations = annotationsOf(service);
  const mode =
    annotations.get('service.kubernetes.io/topology-aware-hints') ??
    annotations.get('service.kubernetes.io/topology-mode') ??
    '';
  const isClose = CLOSE.has(wanted) && mode !== 'Auto' && mode !== 'auto';
  const hinted = (slice: KubernetesObject): KubernetesObject => {
    const before = arrayAt(slice, 'endpoints');
    if (!isClose && before.every((endpoint) => valueAt(endpoint, 'hints') === undefined)) return slice;
    const endpoints = before.map((endpoint) => hintedEndpoint(endpoint, isClose, wanted));
    return jsonEqual(endpoints, before) ? slice : { ...slice, endpoints };
  };
  const touched = new Set([...plan.update, ...plan.delete].map(nameIn));
  const changed = existing.filter((slice) => !touched.has(nameIn(slice)) && hinted(slice) !== slice);
  return {
    create: plan.create.map(hinted),
    update: [...plan.update, ...changed].map(hinted),
    delete: plan.delete,
  };
}

function nameIn(slice: KubernetesObject): string {
  return stringAt(slice, 'metadata', 'name') ?? '';
}

function hintedEndpoint(endpoint: JsonValue, isClose: boolean, wanted: string): JsonObject {
  const { hints: _, ...plain } = asObject(endpoint) ?? {};
  const [zone, node] = [nameAt(endpoint, 'zone'), nameAt(endpoint, 'nodeName')];
  if (!isClose || booleanAt(endpoint, 'conditions', 'ready') !== true) return plain;
  const hints: JsonObject = {
    ...(zone === undefined ? {} : { forZones: [{ name: zone }] }),
    ...(wanted === 'PreferSameNode' && node !== undefined ? { forNodes: [{ name: node }] } : {}),
  };
  return Object.keys(hints).length === 0 ? plain : { ...plain, hints };
}
