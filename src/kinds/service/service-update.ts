import type { JsonObject, JsonValue } from '../../base/json.ts';
import { omit } from '../shared/defaults/omit.ts';
import { updateItems } from '../shared/defaults/fill-in.ts';
import { integerAt, pointerAt, textAt, textsAt } from '../shared/validation/fields.ts';
import { keepNodePorts } from './service-node-ports.ts';
import {
  isExternallyAccessible,
  needsClusterIp,
  needsHealthCheck,
  needsNodePort,
  nodePortsOf,
  sameClusterIps,
  sameTexts,
} from './service-spec.ts';

/**
 * What the cluster allocated stays where the update does not say it.
 * Source: pkg/registry/core/service/storage/storage.go `patchAllocatedValues`, 1.36.
 */
export function keepAllocated(spec: JsonObject, old: JsonValue | undefined): JsonObject {
  let kept = spec;
  if (needsClusterIp(old) && needsClusterIp(spec)) {
    if (textAt(kept, 'clusterIP') === '' && textAt(old, 'clusterIP') !== '') {
      kept = { ...kept, clusterIP: textAt(old, 'clusterIP') };
    }
    if (textsAt(kept, 'clusterIPs').length === 0 && textsAt(old, 'clusterIPs').length > 0) {
      kept = { ...kept, clusterIPs: textsAt(old, 'clusterIPs') };
    }
  }
  if (needsNodePort(old) && needsNodePort(spec)) kept = keepNodePorts(kept, old);
  const healthCheckNodePort = integerAt(old, 'healthCheckNodePort');
  if (!needsHealthCheck(old) || !needsHealthCheck(spec) || healthCheckNodePort === 0) return kept;
  return integerAt(kept, 'healthCheckNodePort') === 0 ? { ...kept, healthCheckNodePort } : kept;
}

/**
 * A Service of another type loses the fields that its type does not have, where the update did not also change them.
 * Source: pkg/registry/core/service/strategy.go `dropTypeDependentFields`, 1.36.
 */
export function dropFieldsOfOldType(spec: JsonObject, old: JsonValue | undefined): JsonObject {
  let rest = spec;
  if (needsClusterIp(old) && !needsClusterIp(spec)) {
    if (sameClusterIps(old, spec)) rest = omit(rest, 'clusterIP', 'clusterIPs');
    if (sameTexts(textsAt(old, 'ipFamilies'), textsAt(spec, 'ipFamilies'))) rest = omit(rest, 'ipFamilies');
    if (textAt(old, 'ipFamilyPolicy') === textAt(spec, 'ipFamilyPolicy')) rest = omit(rest, 'ipFamilyPolicy');
  }
  const before = nodePortsOf(old);
  const hasNoNewNodePort = [...nodePortsOf(spec)].every((port) => before.has(port));
  if (needsNodePort(old) && !needsNodePort(spec) && hasNoNewNodePort) {
    rest = updateItems(rest, 'ports', (port) => omit(port, 'nodePort'));
  }
  if (needsHealthCheck(old) && !needsHealthCheck(spec) && isSame('healthCheckNodePort', spec, old)) {
    rest = omit(rest, 'healthCheckNodePort');
  }
  if (textAt(old, 'type') === 'LoadBalancer' && textAt(spec, 'type') !== 'LoadBalancer') {
    if (isSame('allocateLoadBalancerNodePorts', spec, old)) rest = omit(rest, 'allocateLoadBalancerNodePorts');
    if (isSame('loadBalancerClass', spec, old)) rest = omit(rest, 'loadBalancerClass');
  }
  if (!isExternallyAccessible(old) || isExternallyAccessible(spec)) return rest;
  return isSame('externalTrafficPolicy', spec, old) ? omit(rest, 'externalTrafficPolicy') : rest;
}

function isSame(field: string, spec: JsonObject, old: JsonValue | undefined): boolean {
  return pointerAt(spec, field) === pointerAt(old, field);
}
