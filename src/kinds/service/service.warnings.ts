import { cidrWarnings, ipWarnings } from '../../apimachinery/ip-validation.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { quoteString } from '../../apimachinery/quoted-string.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { textAt, textsAt } from '../shared/validation/fields.ts';
import { NO_CLUSTER_IP } from './service-spec.ts';

/** Source: pkg/api/service/warnings.go, 1.36. */
export function serviceWarnings(object: KubernetesObject): readonly string[] {
  const spec = valueAt(object, 'spec');
  const type = textAt(spec, 'type');
  const isHeadless = type === 'ClusterIP' && textAt(spec, 'clusterIP') === NO_CLUSTER_IP;
  const externalIps = textsAt(spec, 'externalIPs');
  return [
    ...annotationWarnings(object),
    ...clusterIpWarnings(spec),
    ...(isHeadless ? headlessWarnings(spec) : []),
    ...externalIps.flatMap((address, index) => ipWarnings(`spec.externalIPs[${index}]`, address)),
    ...(externalIps.length > 0 && !isHeadless && type !== 'ExternalName'
      ? ['spec.externalIPs is deprecated and may no longer be implemented in some clusters']
      : []),
    ...ipWarnings('spec.loadBalancerIP', textAt(spec, 'loadBalancerIP')),
    ...textsAt(spec, 'loadBalancerSourceRanges').flatMap((range, index) =>
      cidrWarnings(`spec.loadBalancerSourceRanges[${index}]`, range),
    ),
    ...externalNameWarnings(spec, type),
    ...(textAt(spec, 'trafficDistribution') === 'PreferClose'
      ? ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"']
      : []),
  ];
}

const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';

function annotationWarnings(object: KubernetesObject): readonly string[] {
  if (!annotationsOf(object).has(TOPOLOGY_HINTS)) return [];
  return [`annotation ${TOPOLOGY_HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`];
}

function clusterIpWarnings(spec: JsonValue | undefined): readonly string[] {
  const one = textAt(spec, 'clusterIP');
  if (one === '' || one === NO_CLUSTER_IP) return [];
  return textsAt(spec, 'clusterIPs').flatMap((address, index) => ipWarnings(`spec.clusterIPs[${index}]`, address));
}

function headlessWarnings(spec: JsonValue | undefined): readonly string[] {
  return [
    ...(textAt(spec, 'loadBalancerIP') === '' ? [] : ['spec.loadBalancerIP is ignored for headless services']),
    ...(textsAt(spec, 'externalIPs').length === 0 ? [] : ['spec.externalIPs is ignored for headless services']),
    ...(textAt(spec, 'sessionAffinity') === 'None' ? [] : ['spec.SessionAffinity is ignored for headless services']),
  ];
}

function externalNameWarnings(spec: JsonValue | undefined, type: string): readonly string[] {
  const quoted = quoteString('ExternalName');
  if (type === 'ExternalName') {
    const isIgnored = textsAt(spec, 'externalIPs').length > 0;
    return isIgnored ? [`spec.externalIPs is ignored when spec.type is ${quoted}`] : [];
  }
  const isIgnored = textAt(spec, 'externalName') !== '';
  return isIgnored ? [`spec.externalName is ignored when spec.type is not ${quoted}`] : [];
}
