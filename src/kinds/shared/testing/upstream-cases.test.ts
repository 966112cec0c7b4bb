import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FieldError } from '../../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { valueAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../../base/testing/upstream-table.ts';
import { clusterRoleStrategy } from '../../clusterrole/clusterrole.strategy.ts';
import { clusterRoleBindingStrategy } from '../../clusterrolebinding/clusterrolebinding.strategy.ts';
import { configMapStrategy } from '../../configmap/configmap.strategy.ts';
import { csiDriverStrategy } from '../../csidriver/csidriver.strategy.ts';
import { csiNodeStrategy } from '../../csinode/csinode.strategy.ts';
import { endpointsStrategy } from '../../endpoints/endpoints.strategy.ts';
import { endpointSliceStrategy } from '../../endpointslice/endpointslice.strategy.ts';
import { ingressStrategy } from '../../ingress/ingress.strategy.ts';
import { ingressClassStrategy } from '../../ingressclass/ingressclass.strategy.ts';
import { ipAddressStrategy } from '../../ipaddress/ipaddress.strategy.ts';
import { limitRangeStrategy } from '../../limitrange/limitrange.strategy.ts';
import { namespaceStrategy } from '../../namespace/namespace.strategy.ts';
import { networkPolicyStrategy } from '../../networkpolicy/networkpolicy.strategy.ts';
import { nodeStrategy } from '../../node/node.strategy.ts';
import { validateNodeUpdate } from '../../node/node.validation.ts';
import { persistentVolumeStrategy } from '../../persistentvolume/persistentvolume.strategy.ts';
import { validateVolumeUpdate } from '../../persistentvolume/persistentvolume.validation.ts';
import { persistentVolumeClaimStrategy } from '../../persistentvolumeclaim/persistentvolumeclaim.strategy.ts';
import { resourceQuotaStrategy } from '../../resourcequota/resourcequota.strategy.ts';
import { roleStrategy } from '../../role/role.strategy.ts';
import { roleBindingStrategy } from '../../rolebinding/rolebinding.strategy.ts';
import { secretStrategy } from '../../secret/secret.strategy.ts';
import { validateClusterIpsUpdate, validateIpFamiliesUpdate } from '../../service/service-cluster-ips.validation.ts';
import { validateLoadBalancerClassUpdate } from '../../service/service-load-balancer.validation.ts';
import { validateHealthCheckPortUpdate } from '../../service/service-traffic.validation.ts';
import { validateService } from '../../service/service.validation.ts';
import { serviceCidrStrategy } from '../../servicecidr/servicecidr.strategy.ts';
import { storageClassStrategy } from '../../storageclass/storageclass.strategy.ts';
import { volumeAttachmentStrategy } from '../../volumeattachment/volumeattachment.strategy.ts';
import { volumeAttributesClassStrategy } from '../../volumeattributesclass/volumeattributesclass.strategy.ts';
import type { UpstreamCase, UpstreamTable } from './upstream-cases.ts';
import { shownErrors, shownLines } from './upstream-cases.ts';

type Validate = (object: KubernetesObject, old?: KubernetesObject) => readonly FieldError[];

/** Upstream's own function of a Service, without the allocation that comes before it. */
const service: Validate = (object, old) => {
  const [spec, oldSpec] = [valueAt(object, 'spec'), valueAt(old, 'spec')];
  const update =
    old === undefined
      ? []
      : [
          ...validateClusterIpsUpdate(spec, oldSpec),
          ...validateIpFamiliesUpdate(spec, oldSpec),
          ...validateLoadBalancerClassUpdate(spec, oldSpec),
          ...validateHealthCheckPortUpdate(spec, oldSpec),
        ];
  return [...update, ...validateService(object, old)];
};

/** The strategy looks at taints and amounts twice on an update; upstream's function once. */
const node: Validate = (object, old) =>
  old === undefined ? nodeStrategy.validate(object) : validateNodeUpdate(object, old);

/** Upstream's cases of an update are of the second function alone. */
const volume: Validate = (object, old) =>
  old === undefined ? persistentVolumeStrategy.validate(object) : validateVolumeUpdate(object, old);

const VALIDATE: Readonly<Record<string, Validate>> = {
  clusterrole: clusterRoleStrategy.validate,
  clusterrolebinding: clusterRoleBindingStrategy.validate,
  configmap: configMapStrategy.validate,
  csidriver: csiDriverStrategy.validate,
  csinode: csiNodeStrategy.validate,
  endpoints: endpointsStrategy.validate,
  endpointslice: endpointSliceStrategy.validate,
  ingress: ingressStrategy.validate,
  ingressclass: ingressClassStrategy.validate,
  ipaddress: ipAddressStrategy.validate,
  limitrange: limitRangeStrategy.validate,
  namespace: namespaceStrategy.validate,
  networkpolicy: networkPolicyStrategy.validate,
  node,
  persistentvolume: volume,
  persistentvolumeclaim: persistentVolumeClaimStrategy.validate,
  resourcequota: resourceQuotaStrategy.validate,
  role: roleStrategy.validate,
  rolebinding: roleBindingStrategy.validate,
  secret: secretStrategy.validate,
  service,
  servicecidr: serviceCidrStrategy.validate,
  storageclass: storageClassStrategy.validate,
  volumeattachment: volumeAttachmentStrategy.validate,
  volumeattributesclass: volumeAttributesClassStrategy.validate,
};

function tableOf(kind: string): UpstreamTable {
  const file = new URL(`../../${kind}/testdata/${kind}.upstream.json`, import.meta.url);
  if (!existsSync(file)) return { source: '', leftOut: {}, cases: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as UpstreamTable;
}

describe.each(Object.entries(VALIDATE))('upstream cases of %s', (kind, validate) => {
  const { source, leftOut, cases } = tableOf(kind);
  const upstream = upstreamSource('validation', source);
  test('there are some', () => expect(cases.length).toBeGreaterThan(0));
  upstreamLeftOut(upstream, leftOut);
  upstreamEach(upstream)(cases.map((one) => [one.name, one] as const))(
    '%s',
    (_name, { object, old, errors }: UpstreamCase) => {
      expect(shownErrors(validate(object, old))).toEqual(shownLines(errors));
    },
  );
});
