import { namespaceOf } from '../../apimachinery/object.ts';
import { nameAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { NODE } from '../shared/core-kinds.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** Source: staging/src/k8s.io/api/core/v1/types.go, NamespaceNodeLease, 1.36. */
const NODE_LEASES = 'kube-node-lease';

/** coordination.k8s.io/v1 Lease. Those of `kube-node-lease` are heartbeats of the Node that holds them. */
export const lease: KindDefinition = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  resource: 'leases',
  shortNames: [],
  scope: 'Namespaced',
  category: 'cluster',
  olderVersions: [{ group: 'coordination.k8s.io', version: 'v1beta1' }],
  newObject: (name, namespace) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: newMetadata(name, namespace),
    spec: { holderIdentity: name, leaseDurationSeconds: 40 },
  }),
  references: (object) =>
    namespaceOf(object) === NODE_LEASES
      ? nameReference(object, 'node', ['spec', 'holderIdentity'], { ...NODE, namespace: '' })
      : [],
  disconnect: (_, { field }) => [{ op: 'delete', path: field }],
  summary: (object) => {
    const holder = nameAt(object, 'spec', 'holderIdentity');
    return holder === undefined ? {} : { fact: holder };
  },
  fields: [
    'spec.holderIdentity',
    'spec.leaseDurationSeconds',
    'spec.acquireTime',
    'spec.renewTime',
    'spec.leaseTransitions',
  ],
};
