import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { Path } from '../../base/json.ts';
import { arrayAt, nameAt, stringAt } from '../../base/json.ts';
import type { KindDefinition, MadeObject } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { SECRET } from '../shared/core-kinds.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

const GROUP = 'external-secrets.io';

/** external-secrets.io/v1 ExternalSecret: a Secret filled from a store outside the cluster. Source: external-secrets v1. */
export const externalSecret: KindDefinition = {
  group: GROUP,
  version: 'v1',
  kind: 'ExternalSecret',
  resource: 'externalsecrets',
  shortNames: ['es'],
  scope: 'Namespaced',
  category: 'config',
  olderVersions: [
    { group: GROUP, version: 'v1beta1' },
    { group: GROUP, version: 'v1alpha1' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: `${GROUP}/v1`,
    kind: 'ExternalSecret',
    metadata: newMetadata(name, namespace),
    spec: {
      secretStoreRef: { name: 'store', kind: 'SecretStore' },
      target: { name },
      data: [{ secretKey: 'key', remoteRef: { key: name } }],
    },
  }),
  references,
  makes,
  disconnect: () => ({ refused: 'disconnect.required' }),
  summary: (object) => ({ fact: nameAt(object, 'spec', 'secretStoreRef', 'name') ?? '' }),
  fields: ['spec.secretStoreRef', 'spec.target.name', 'spec.refreshInterval', 'spec.data', 'spec.dataFrom'],
};

/** The store, and stores and generators that single entries name instead. Nothing is known of them: all optional. */
function references(object: KubernetesObject): readonly Reference[] {
  return [
    ...storeReference(object, ['spec', 'secretStoreRef']),
    ...arrayAt(object, 'spec', 'data').flatMap((_, index) =>
      storeReference(object, ['spec', 'data', index, 'sourceRef', 'storeRef']),
    ),
    ...arrayAt(object, 'spec', 'dataFrom').flatMap((_, index) => [
      ...storeReference(object, ['spec', 'dataFrom', index, 'sourceRef', 'storeRef']),
      ...generatorReference(object, ['spec', 'dataFrom', index, 'sourceRef', 'generatorRef']),
    ]),
  ];
}

function storeReference(object: KubernetesObject, path: Path): readonly Reference[] {
  const kind = stringAt(object, ...path, 'kind') ?? 'SecretStore';
  if (kind !== 'SecretStore' && kind !== 'ClusterSecretStore') return [];
  const namespace = kind === 'SecretStore' ? namespaceOrDefault(object) : '';
  return nameReference(object, 'custom', [...path, 'name'], { group: GROUP, kind, namespace }, { optional: true });
}

function generatorReference(object: KubernetesObject, path: Path): readonly Reference[] {
  const kind = nameAt(object, ...path, 'kind');
  if (kind === undefined) return [];
  const namespace = kind === 'ClusterGenerator' ? '' : namespaceOrDefault(object);
  const target = { group: `generators.${GROUP}`, kind, namespace };
  return nameReference(object, 'custom', [...path, 'name'], target, { optional: true });
}

/** The Secret, named as the object where the target has no name; with creationPolicy None or Merge it is somebody else's. */
function makes(object: KubernetesObject): readonly MadeObject[] {
  const policy = stringAt(object, 'spec', 'target', 'creationPolicy');
  const name = nameAt(object, 'spec', 'target', 'name') ?? nameOf(object);
  if (name === '' || policy === 'None' || policy === 'Merge') return [];
  return [{ ...SECRET, namespace: namespaceOrDefault(object), name }];
}
