import { annotationsOf, nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, nameAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { SECRET } from '../shared/core-kinds.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { ALREADY, refuseOtherNamespace } from '../shared/same-namespace.ts';

/** Annotations that name an identity at a cloud: EKS, GKE, AKS. */
const CLOUD_IDENTITIES = [
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
  'azure.workload.identity/client-id',
];

/** core/v1 ServiceAccount. */
export const serviceAccount: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  resource: 'serviceaccounts',
  shortNames: ['sa'],
  scope: 'Namespaced',
  category: 'access',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: newMetadata(name, namespace),
  }),
  references,
  connections: [
    {
      id: 'pullSecret',
      to: SECRET,
      connect: (source, target) => {
        const refusal = refuseOtherNamespace(source, target);
        if (refusal) return refusal;
        const name = nameOf(target);
        if (name === '') return { refused: 'connect.noMeaning' };
        if (arrayAt(source, 'imagePullSecrets').some((entry) => nameAt(entry, 'name') === name)) return ALREADY;
        return { source: [{ op: 'append', path: ['imagePullSecrets'], value: { name } }] };
      },
    },
  ],
  disconnect: (object, { type, field }) =>
    type === 'cloudIdentity' ? [{ op: 'delete', path: field }] : [removeListItem(object, field.slice(0, -1))],
  summary: (object) => {
    const [first, ...others] = arrayAt(object, 'imagePullSecrets').map((entry) => nameAt(entry, 'name') ?? '');
    return first === undefined ? {} : { fact: [first, ...others].join(', ') };
  },
  fields: ['automountServiceAccountToken', 'imagePullSecrets', 'secrets', 'metadata.annotations'],
};

function references(object: JsonObject): readonly Reference[] {
  const target = { ...SECRET, namespace: namespaceOrDefault(object) };
  const annotations = annotationsOf(object);
  return [
    ...arrayAt(object, 'imagePullSecrets').flatMap((_, index) =>
      nameReference(object, 'imagePullSecret', ['imagePullSecrets', index, 'name'], target),
    ),
    ...arrayAt(object, 'secrets').flatMap((_, index) =>
      nameReference(object, 'secretReference', ['secrets', index, 'name'], target),
    ),
    ...CLOUD_IDENTITIES.flatMap((key): readonly Reference[] => {
      const value = annotations.get(key);
      if (value === undefined || value === '') return [];
      const field = ['metadata', 'annotations', key];
      return [{ type: 'cloudIdentity', field, target: { by: 'external', what: 'cloudIdentity', value } }];
    }),
  ];
}
