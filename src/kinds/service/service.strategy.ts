import type { FieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { omit } from '../shared/defaults/omit.ts';
import { loadBalancerWarnings } from '../shared/status-address-warnings.ts';
import { NONE, textAt, textsAt } from '../shared/validation/fields.ts';
import type { ClusterFacts, KindStrategy } from '../strategy.ts';
import { validateAddresses, withBothClusterIps, withIpFamilies, withSpec } from './service-addresses.ts';
import { validateClusterIpsUpdate, validateIpFamiliesUpdate } from './service-cluster-ips.validation.ts';
import { validateLoadBalancerClassUpdate } from './service-load-balancer.validation.ts';
import { validateNodePortAllocation } from './service-node-ports.ts';
import { needsClusterIp, nodePortsOf } from './service-spec.ts';
import { validateHealthCheckPortUpdate } from './service-traffic.validation.ts';
import { dropFieldsOfOldType, keepAllocated } from './service-update.ts';
import { defaultService } from './service.defaults.ts';
import { validateService } from './service.validation.ts';
import { serviceWarnings } from './service.warnings.ts';
import { validateServiceStatus } from './service.status.ts';

/**
 * Addresses and ports that a cluster allocates stay open: a missing one is no error and is not made up.
 * Source: pkg/registry/core/service/strategy.go and storage/storage.go, 1.36.
 */
export const serviceStrategy: KindStrategy = {
  group: '',
  kind: 'Service',
  hasStatus: true,
  validateStatus: validateServiceStatus,
  statusWarnings: loadBalancerWarnings,
  hasGeneration: false,
  setDefaults: defaultService,
  prepareForCreate: (object, cluster) => omit(withAddresses(object, cluster), 'status'),
  allocate: (object) => withAddresses(withSpec(object, withMadeUpAddress)),
  prepareForUpdate,
  validate,
  warnings: serviceWarnings,
};

function withAddresses(object: KubernetesObject, cluster?: ClusterFacts): KubernetesObject {
  return withSpec(object, (spec) => withIpFamilies(withBothClusterIps(spec), undefined, cluster?.serviceFamilies));
}

/** Some address: what counts in an update is that there was one. */
function withMadeUpAddress(spec: JsonObject): JsonObject {
  if (!needsClusterIp(spec) || textAt(spec, 'clusterIP') !== '') return spec;
  return { ...spec, clusterIP: textsAt(spec, 'ipFamilies')[0] === 'IPv6' ? 'fd00:10:96::1' : '10.96.0.1' };
}

function prepareForUpdate(object: KubernetesObject, old: KubernetesObject, cluster?: ClusterFacts): KubernetesObject {
  const before = valueAt(withAddresses(old), 'spec');
  const updated = withSpec(object, (spec) => {
    const kept: JsonObject = withBothClusterIps(keepAllocated(spec, before), before);
    return dropFieldsOfOldType(withIpFamilies(kept, before, cluster?.serviceFamilies), before);
  });
  const status = valueAt(old, 'status');
  if (status === undefined || textAt(updated, 'spec', 'type') !== 'LoadBalancer') return omit(updated, 'status');
  return { ...updated, status };
}

/** Allocation comes first, and what stops it is said alone. */
function validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const oldSpec = old === undefined ? undefined : valueAt(withAddresses(old), 'spec');
  const addresses = validateAddresses(spec, oldSpec);
  if (addresses.length > 0) return addresses;
  const nodePorts = validateNodePortAllocation(spec, nodePortsOf(oldSpec));
  if (nodePorts.length > 0) return nodePorts;
  return [...(oldSpec === undefined ? NONE : validateUpdate(spec, oldSpec)), ...validateService(object, old)];
}

function validateUpdate(spec: JsonValue | undefined, old: JsonValue | undefined): readonly FieldError[] {
  return [
    ...validateClusterIpsUpdate(spec, old),
    ...validateIpFamiliesUpdate(spec, old),
    ...validateLoadBalancerClassUpdate(spec, old),
    ...validateHealthCheckPortUpdate(spec, old),
  ];
}
