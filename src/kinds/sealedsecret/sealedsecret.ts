import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { nameAt, objectAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { SECRET } from '../shared/core-kinds.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** bitnami.com/v1alpha1 SealedSecret: an encrypted Secret that its controller opens. Source: bitnami-labs/sealed-secrets. */
export const sealedSecret: KindDefinition = {
  group: 'bitnami.com',
  version: 'v1alpha1',
  kind: 'SealedSecret',
  resource: 'sealedsecrets',
  shortNames: [],
  scope: 'Namespaced',
  category: 'config',
  newObject: (name, namespace) => ({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: newMetadata(name, namespace),
    spec: { encryptedData: {}, template: { metadata: newMetadata(name, namespace) } },
  }),
  references: () => [],
  // The controller gives the Secret its own name and namespace, whatever the template says.
  makes: (object) => {
    const name = nameOf(object);
    return name === '' ? [] : [{ ...SECRET, namespace: namespaceOrDefault(object), name }];
  },
  summary: (object) => {
    const type = nameAt(object, 'spec', 'template', 'type');
    const data = `encryptedData ${entries(object)}`;
    return type === undefined || type === 'Opaque' ? { fact: data } : { fact: type, detail: data };
  },
  fields: ['spec.encryptedData', 'spec.template.type', 'spec.template.metadata'],
};

function entries(object: JsonObject): number {
  return Object.keys(objectAt(object, 'spec', 'encryptedData') ?? {}).length;
}
