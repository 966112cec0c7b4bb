import { cidrWarnings } from '../../apimachinery/ip-validation.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, valueAt } from '../../base/json.ts';
import { fillIn, updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { pointerAt, textAt, textsAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateNetworkPolicy } from './networkpolicy.validation.ts';

/** Source: pkg/registry/networking/networkpolicy/strategy.go and pkg/apis/networking/v1/defaults.go, 1.36. */
export const networkPolicyStrategy: KindStrategy = {
  group: 'networking.k8s.io',
  kind: 'NetworkPolicy',
  hasStatus: false,
  hasGeneration: true,
  setDefaults,
  validate: validateNetworkPolicy,
  warnings: networkPolicyWarnings,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  return updateStruct(object, 'spec', (spec) => {
    const withPorts = ['ingress', 'egress'].reduce<JsonObject>(
      (updated, direction) => updateItems(updated, direction, defaultPorts),
      spec,
    );
    if (arrayAt(withPorts, 'policyTypes').length > 0) return withPorts;
    const isEgress = arrayAt(withPorts, 'egress').length > 0;
    return { ...withPorts, policyTypes: isEgress ? ['Ingress', 'Egress'] : ['Ingress'] };
  });
}

function defaultPorts(rule: JsonObject): JsonObject {
  return updateItems(rule, 'ports', (port) => fillIn(port, { protocol: 'TCP' }));
}

function networkPolicyWarnings(object: KubernetesObject): readonly string[] {
  const spec = valueAt(object, 'spec');
  const directions = [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const;
  return directions.flatMap(([direction, peers]) =>
    arrayAt(spec, direction).flatMap((rule, index) =>
      arrayAt(rule, peers).flatMap((peer, at) => {
        if (pointerAt(peer, 'ipBlock') === undefined) return [];
        const path = `spec.${direction}[${index}].${peers}[${at}].ipBlock`;
        return [
          ...cidrWarnings(`${path}.cidr`, textAt(peer, 'ipBlock', 'cidr')),
          ...textsAt(peer, 'ipBlock', 'except').flatMap((text, k) => cidrWarnings(`${path}.except[${k}]`, text)),
        ];
      }),
    ),
  );
}
