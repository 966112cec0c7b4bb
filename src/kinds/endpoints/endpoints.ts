import { annotationsOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, isJsonObject, nameAt } from '../../base/json.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { addressReference, nodeReference, targetReference } from '../shared/endpoint.references.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** Deprecated since 1.33 in favour of EndpointSlice, and still served. */
export const endpoints: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  resource: 'endpoints',
  shortNames: ['ep'],
  scope: 'Namespaced',
  category: 'network',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: newMetadata(name, namespace),
    subsets: [],
  }),
  references: (object) => [...serviceReference(object), ...addressReferences(object)],
  disconnect: (object, { type, field }) => {
    if (type === 'endpointsOf') return { refused: 'disconnect.required' };
    if (field.at(-1) === 'nodeName') return [{ op: 'delete', path: field }];
    return [removeListItem(object, field.slice(0, 4))];
  },
  summary,
  fields: [
    'subsets[*].addresses[*].ip',
    'subsets[*].ports[*].name',
    'subsets[*].ports[*].port',
    'subsets[*].ports[*].protocol',
  ],
};

/** Written by leader election before Leases: locks, which no Service needs. */
const LEADER_ANNOTATION = 'control-plane.alpha.kubernetes.io/leader';

/** Endpoints belong to the Service of their name. */
function serviceReference(object: KubernetesObject): readonly Reference[] {
  const target = { group: '', kind: 'Service', namespace: namespaceOrDefault(object) };
  const optional = annotationsOf(object).has(LEADER_ANNOTATION);
  return nameReference(object, 'endpointsOf', ['metadata', 'name'], target, optional ? { optional } : {});
}

function addressReferences(object: KubernetesObject): readonly Reference[] {
  return arrayAt(object, 'subsets').flatMap((subset, at) =>
    ['addresses', 'notReadyAddresses'].flatMap((list) =>
      arrayAt(subset, list).flatMap((address, index) => {
        const path = ['subsets', at, list, index];
        const target = targetReference(object, path);
        const ip = isJsonObject(address) ? nameAt(address, 'ip') : undefined;
        return [
          ...(target.length > 0 ? target : addressReference(ip, [...path, 'ip'], 'address')),
          ...nodeReference(object, [...path, 'nodeName']),
        ];
      }),
    ),
  );
}

/** Addresses with their ports, as `kubectl get endpoints` prints them; at most three. */
function summary(object: KubernetesObject): Summary {
  const ready = arrayAt(object, 'subsets').flatMap((subset) => arrayAt(subset, 'addresses'));
  const shown = ready.flatMap((address) => nameAt(address, 'ip') ?? []).slice(0, SHOWN);
  return {
    fact:
      ready.length === 0 ? '<none>' : `${shown.join(', ')}${ready.length > SHOWN ? ` +${ready.length - SHOWN}` : ''}`,
  };
}

const SHOWN = 3;
