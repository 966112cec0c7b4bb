import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { validateEndpointIp } from '../shared/validation/endpoint-ip.ts';
import { NONE, pointerAt, textAt, textsAt, validateRequiredEnum } from '../shared/validation/fields.ts';
import { validateLegacyIpField } from '../shared/validation/ip-address.ts';
import { validateLabels } from '../shared/validation/labels.ts';
import { invalidFor } from '../shared/validation/messages.ts';
import { isHeadless } from './service-spec.ts';
import { validateLoadBalancerClass, validateSourceRanges } from './service-load-balancer.validation.ts';
import { validatePorts, validatePortsTogether } from './service-ports.validation.ts';
import { validateClusterIps } from './service-cluster-ips.validation.ts';
import { validateAffinity, validateTrafficPolicies } from './service-traffic.validation.ts';

const SPEC = ValidationPath.of('spec');

const SERVICE_TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] as const;

/** Source: pkg/apis/core/validation/validation.go `validateService`, 1.36. */
export function validateService(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const [spec, oldSpec] = [valueAt(object, 'spec'), valueAt(old, 'spec')];
  const type = textAt(spec, 'type');
  const mayLackPorts = isHeadless(spec) || type === 'ExternalName';
  return [
    ...validateTopologyMode(object),
    ...(arrayAt(spec, 'ports').length === 0 && !mayLackPorts ? [required(SPEC.child('ports'))] : NONE),
    ...validateOfType(spec, type),
    ...validatePorts(spec),
    ...validateLabels(valueAt(spec, 'selector'), SPEC.child('selector')),
    ...validateAffinity(spec),
    ...validateClusterIps(spec, oldSpec),
    ...validateExternalIps(spec, oldSpec),
    ...validateRequiredEnum(type, SPEC.child('type'), SERVICE_TYPES),
    ...validatePortsTogether(spec),
    ...validateSourceRanges(object, old),
    ...validateAllocation(spec, type),
    ...validateLoadBalancerClass(spec),
    ...validateTrafficPolicies(spec),
  ];
}

const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';
const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';

function validateTopologyMode(object: KubernetesObject): readonly FieldError[] {
  const annotations = annotationsOf(object);
  const [hints, mode] = [annotations.get(TOPOLOGY_HINTS), annotations.get(TOPOLOGY_MODE)];
  if (hints === undefined || mode === undefined || hints === mode) return NONE;
  const path = ValidationPath.of('metadata', 'annotations').key(TOPOLOGY_MODE);
  return [invalid(path, mode, `must match annotations[${TOPOLOGY_HINTS}] when both are specified`)];
}

function validateOfType(spec: JsonValue | undefined, type: string): readonly FieldError[] {
  if (type === 'ExternalName') return validateExternalName(spec);
  if ((type !== 'LoadBalancer' && type !== 'NodePort') || !isHeadless(spec)) return NONE;
  return [invalid(SPEC.child('clusterIPs').index(0), 'None', `may not be set to 'None' for ${type} services`)];
}

function validateExternalName(spec: JsonValue | undefined): readonly FieldError[] {
  const notForExternalName = 'may not be set for ExternalName services';
  const set = [
    ...(textsAt(spec, 'clusterIPs').length > 0 ? ['clusterIPs'] : []),
    ...(textsAt(spec, 'ipFamilies').length > 0 ? ['ipFamilies'] : []),
    ...(pointerAt(spec, 'ipFamilyPolicy') === undefined ? [] : ['ipFamilyPolicy']),
  ];
  const name = textAt(spec, 'externalName').replace(/\.$/, '');
  const path = SPEC.child('externalName');
  return [
    ...set.map((field) => forbidden(SPEC.child(field), notForExternalName)),
    ...(name === '' ? [required(path)] : invalidFor(path, name, validateDns1123Subdomain(name))),
  ];
}

function validateExternalIps(spec: JsonValue | undefined, old: JsonValue | undefined): readonly FieldError[] {
  const existing = textsAt(old, 'externalIPs');
  return textsAt(spec, 'externalIPs').flatMap((address, index) => {
    const path = SPEC.child('externalIPs').index(index);
    const errors = validateLegacyIpField(address, path, existing);
    return errors.length > 0 ? errors : validateEndpointIp(address, path);
  });
}

function validateAllocation(spec: JsonValue | undefined, type: string): readonly FieldError[] {
  const isSet = pointerAt(spec, 'allocateLoadBalancerNodePorts') !== undefined;
  if (isSet === (type === 'LoadBalancer')) return NONE;
  // Upstream leaves `spec` out of the path of the second one.
  return isSet
    ? [forbidden(SPEC.child('allocateLoadBalancerNodePorts'), "may only be used when `type` is 'LoadBalancer'")]
    : [required(ValidationPath.of('allocateLoadBalancerNodePorts'))];
}
