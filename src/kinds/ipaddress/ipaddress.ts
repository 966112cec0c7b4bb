import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameAt, stringAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { kindOfResource } from '../shared/resource-kind.ts';

const PARENT = ['spec', 'parentRef'];
const IP = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/;

/** A cluster IP that is taken; its name is the address. Made by the API server for every Service. */
export const ipAddress: KindDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  resource: 'ipaddresses',
  shortNames: ['ip'],
  scope: 'Cluster',
  category: 'network',
  olderVersions: [
    { group: 'networking.k8s.io', version: 'v1beta1' },
    { group: 'networking.k8s.io', version: 'v1alpha1' },
  ],
  // The API server takes no name but an address.
  newObject: (name) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IPAddress',
    metadata: newMetadata(IP.test(name) ? name : '10.96.0.1'),
    spec: { parentRef: { group: '', resource: 'services', namespace: 'default', name: 'kubernetes' } },
  }),
  references,
  disconnect: () => ({ refused: 'disconnect.required' }),
  summary: (object) => {
    const resource = nameAt(object, ...PARENT, 'resource');
    const name = nameAt(object, ...PARENT, 'name');
    return resource === undefined || name === undefined ? {} : { fact: `${resource}/${name}` };
  },
  fields: ['spec.parentRef.resource', 'spec.parentRef.namespace', 'spec.parentRef.name'],
};

/** The owner is named by its resource: a Service, or a Gateway whose controller allocates from the same ranges. */
function references(object: KubernetesObject): readonly Reference[] {
  const resource = nameAt(object, ...PARENT, 'resource') ?? '';
  const known = kindOf(stringAt(object, ...PARENT, 'group') ?? '', resource);
  if (!known) return [];
  const namespace = nameAt(object, ...PARENT, 'namespace') ?? '';
  const details = namespace === '' ? {} : { namespaceField: [...PARENT, 'namespace'] };
  return nameReference(object, 'address', [...PARENT, 'name'], { ...known, namespace }, details);
}

function kindOf(group: string, resource: string): GroupKind | undefined {
  const known = kindOfResource(group, resource);
  return known && { group: known.group, kind: known.kind };
}
