import { arrayAt, asName } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** A range that cluster IPs are taken from. */
export const serviceCIDR: KindDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  resource: 'servicecidrs',
  shortNames: [],
  scope: 'Cluster',
  category: 'network',
  olderVersions: [
    { group: 'networking.k8s.io', version: 'v1beta1' },
    { group: 'networking.k8s.io', version: 'v1alpha1' },
  ],
  newObject: (name) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: newMetadata(name),
    spec: { cidrs: ['10.100.0.0/16'] },
  }),
  references: () => [],
  summary: (object) => {
    const cidrs = arrayAt(object, 'spec', 'cidrs').flatMap((cidr) => asName(cidr) ?? []);
    return cidrs.length === 0 ? {} : { fact: cidrs.join(', ') };
  },
  fields: ['spec.cidrs'],
};
