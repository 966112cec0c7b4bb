import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt, jsonEqual, objectAt, stringAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection, ConnectionEdits } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { NODE, PERSISTENT_VOLUME_CLAIM, STORAGE_CLASS, VOLUME_ATTRIBUTES_CLASS } from '../shared/core-kinds.ts';
import { removeListItem } from '../shared/list-edit.ts';
import { nameConnection } from '../shared/name-connection.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { ALREADY } from '../shared/same-namespace.ts';

const CLASS = ['spec', 'storageClassName'];
const TERMS = ['spec', 'nodeAffinity', 'required', 'nodeSelectorTerms'];

export const volumeConnections: readonly Connection[] = [
  { id: 'bindVolume', to: PERSISTENT_VOLUME_CLAIM, connect: reserveFor },
  nameConnection('storageClass', STORAGE_CLASS, CLASS),
  { id: 'place', to: NODE, connect: placeOn },
  nameConnection('class', VOLUME_ATTRIBUTES_CLASS, ['spec', 'volumeAttributesClassName']),
];

/**
 * The volume is kept for one claim. They bind only when their classes agree, and a claim that names no class gets the
 * default one, so the claim is told the volume's.
 */
function reserveFor(volume: KubernetesObject, claim: KubernetesObject): ConnectionEdits | Refusal {
  if (nameOf(claim) === '') return { refused: 'connect.noMeaning' };
  const value = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    namespace: namespaceOrDefault(claim),
    name: nameOf(claim),
  };
  const claimRef = objectAt(volume, 'spec', 'claimRef');
  if (claimRef?.['name'] === value.name && claimRef['namespace'] === value.namespace) return ALREADY;
  const source: FieldEdit[] = [{ op: 'set', path: ['spec', 'claimRef'], value }];
  const storageClass = stringAt(volume, ...CLASS) ?? '';
  if (stringAt(claim, ...CLASS) === storageClass) return { source };
  return { source, target: [{ op: 'set', path: CLASS, value: storageClass }] };
}

/** Only this Node reaches the volume, as a local disk demands; the Node is known by the label that every kubelet sets. */
function placeOn(volume: KubernetesObject, node: KubernetesObject): ConnectionEdits | Refusal {
  if (nameOf(node) === '') return { refused: 'connect.noMeaning' };
  const hostname = labelsOf(node).get('kubernetes.io/hostname') ?? nameOf(node);
  const term = { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [hostname] }] };
  const terms = arrayAt(volume, ...TERMS);
  if (terms.some((known) => jsonEqual(known, term))) return ALREADY;
  return { source: [{ op: 'append', path: TERMS, value: term }] };
}

/** The edit that takes a reference away; `spec` is where the volume's spec stands. */
export function disconnectVolume(volume: KubernetesObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  switch (type) {
    case 'boundClaim':
      return [{ op: 'delete', path: ['spec', 'claimRef'] }];
    case 'nodeAffinity':
      // A local volume without node affinity is refused.
      if (objectAt(volume, 'spec', 'local')) return { refused: 'disconnect.required' };
      return [{ op: 'delete', path: ['spec', 'nodeAffinity'] }];
    case 'secretReference':
      // azureFile cannot be read without its Secret; the other sources have one only where it is needed.
      if (field.at(-1) === 'secretName') return { refused: 'disconnect.required' };
      return [{ op: 'delete', path: field.slice(0, -1) }];
    case 'csiDriver':
      return { refused: 'disconnect.required' };
    case 'volume':
      if (typeof field.at(-1) !== 'number' || arrayAt(volume, ...field.slice(0, -1)).length <= 1) {
        return { refused: 'disconnect.required' };
      }
      return [removeListItem(volume, field)];
    default:
      return [{ op: 'delete', path: field }];
  }
}
