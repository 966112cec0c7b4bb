import type { JsonValue } from '../../base/json.ts';
import { arrayAt } from '../../base/json.ts';
import { integerAt, textAt, textsAt } from '../shared/validation/fields.ts';

/**
 * What a Service's spec says of itself.
 * Source: pkg/api/service/util.go and pkg/registry/core/service/strategy.go, 1.36.
 */
export const NO_CLUSTER_IP = 'None';

export function isHeadless(spec: JsonValue | undefined): boolean {
  const addresses = textsAt(spec, 'clusterIPs');
  return addresses.length === 1 && addresses[0] === NO_CLUSTER_IP;
}

export function isExternallyAccessible(spec: JsonValue | undefined): boolean {
  const type = textAt(spec, 'type');
  if (type === 'LoadBalancer' || type === 'NodePort') return true;
  return type === 'ClusterIP' && textsAt(spec, 'externalIPs').length > 0;
}

export function needsClusterIp(spec: JsonValue | undefined): boolean {
  return textAt(spec, 'type') !== 'ExternalName';
}

export function needsNodePort(spec: JsonValue | undefined): boolean {
  const type = textAt(spec, 'type');
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** Load balancers that ask each Node whether it has an endpoint. */
export function needsHealthCheck(spec: JsonValue | undefined): boolean {
  return textAt(spec, 'type') === 'LoadBalancer' && textAt(spec, 'externalTrafficPolicy') === 'Local';
}

/** The Node ports that are given, each once. */
export function nodePortsOf(spec: JsonValue | undefined): ReadonlySet<number> {
  const ports = arrayAt(spec, 'ports').map((port) => Number(integerAt(port, 'nodePort')));
  return new Set(ports.filter((port) => port !== 0));
}

export function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

export function sameClusterIps(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return (
    textAt(a, 'clusterIP') === textAt(b, 'clusterIP') && sameTexts(textsAt(a, 'clusterIPs'), textsAt(b, 'clusterIPs'))
  );
}
