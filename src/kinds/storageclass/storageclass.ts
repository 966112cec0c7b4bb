import { labelSelectorOf } from '../../apimachinery/label-selector.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asString, nameAt, stringAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { KindDefinition, Summary } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { CSI_DRIVER } from '../shared/core-kinds.ts';
import { nameConnection } from '../shared/name-connection.ts';
import { nameReference } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { nodesMatching } from '../shared/node-selector.ts';
import { csiSecretPair, secretPairReference } from '../shared/secret-parameters.ts';
import type { SecretPair } from '../shared/secret-parameters.ts';
import { isCsiDriverName } from '../shared/volume-words.ts';

/** storage.k8s.io/v1 StorageClass. A new one provisions nothing: its volumes are made by hand. */
export const storageClass: KindDefinition = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  resource: 'storageclasses',
  shortNames: ['sc'],
  scope: 'Cluster',
  category: 'storage',
  olderVersions: [{ group: 'storage.k8s.io', version: 'v1beta1' }],
  newObject: (name) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: newMetadata(name),
    provisioner: NO_PROVISIONER,
    volumeBindingMode: 'WaitForFirstConsumer',
  }),
  references,
  connections: [nameConnection('class', CSI_DRIVER, ['provisioner'])],
  disconnect,
  summary,
  fields: [
    'provisioner',
    'parameters',
    'reclaimPolicy',
    'volumeBindingMode',
    'allowVolumeExpansion',
    'mountOptions',
    'allowedTopologies',
  ],
};

const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** Parameters of the CSI provisioner: today's, and those before 1.0. */
const CSI_SECRETS: readonly SecretPair[] = [
  ...['provisioner', 'controller-publish', 'controller-expand', 'node-stage', 'node-publish', 'node-expand'].map(
    csiSecretPair,
  ),
  ...['Provisioner', 'ControllerPublish', 'NodeStage', 'NodePublish'].map((purpose) => ({
    name: `csi${purpose}SecretName`,
    namespace: `csi${purpose}SecretNamespace`,
  })),
];

/**
 * Parameters of the provisioners that were code of Kubernetes. Source: pkg/volume/{rbd,cephfs,glusterfs,quobyte,
 * storageos,scaleio}, 1.20.
 */
const IN_TREE_SECRETS: readonly SecretPair[] = [
  { name: 'adminSecretName', namespace: 'adminSecretNamespace', defaultNamespace: 'default' },
  { name: 'userSecretName', namespace: 'userSecretNamespace' },
  { name: 'secretName', namespace: 'secretNamespace', defaultNamespace: 'default' },
  { name: 'secretRef', namespace: 'secretNamespace', defaultNamespace: 'default' },
];

function references(object: JsonObject): readonly Reference[] {
  return [
    ...provisionerReference(object),
    ...[...CSI_SECRETS, ...IN_TREE_SECRETS].flatMap((pair) => secretPairReference(object, ['parameters'], pair)),
    ...arrayAt(object, 'allowedTopologies').flatMap(topologyReference),
  ];
}

function provisionerReference(object: JsonObject): readonly Reference[] {
  const provisioner = nameAt(object, 'provisioner');
  if (provisioner === undefined || provisioner === NO_PROVISIONER) return [];
  const field = ['provisioner'];
  if (isCsiDriverName(provisioner)) return nameReference(object, 'csiDriver', field, { ...CSI_DRIVER, namespace: '' });
  return [{ type: 'csiDriver', field, target: { by: 'external', what: 'provisioner', value: provisioner } }];
}

function topologyReference(term: JsonValue, index: number): readonly Reference[] {
  const requirements = arrayAt(term, 'matchLabelExpressions').map((expression) => ({
    key: stringAt(expression, 'key') ?? '',
    operator: 'In' as const,
    values: arrayAt(expression, 'values').flatMap((value) => asString(value) ?? []),
  }));
  if (requirements.length === 0) return [];
  const target = nodesMatching([{ labels: labelSelectorOf(requirements) }]);
  return [{ type: 'nodeAffinity', field: ['allowedTopologies', index], target }];
}

function disconnect(object: JsonObject, { type, field, namespaceField }: Reference): readonly FieldEdit[] | Refusal {
  if (type === 'csiDriver') return { refused: 'disconnect.required' };
  if (type === 'nodeAffinity') {
    const isLast = arrayAt(object, 'allowedTopologies').length <= 1;
    return [{ op: 'delete', path: isLast ? ['allowedTopologies'] : field }];
  }
  const edits: FieldEdit[] = [{ op: 'delete', path: field }];
  if (namespaceField) edits.push({ op: 'delete', path: namespaceField });
  return edits;
}

const IS_DEFAULT = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

function summary(object: JsonObject): Summary {
  const annotations = annotationsOf(object);
  const words = [
    nameAt(object, 'reclaimPolicy') ?? 'Delete',
    nameAt(object, 'volumeBindingMode') ?? 'Immediate',
    ...(IS_DEFAULT.some((key) => annotations.get(key) === 'true') ? ['default'] : []),
  ];
  return { fact: stringAt(object, 'provisioner') ?? '', detail: words.join(' · ') };
}
