import { nameOf } from '../../apimachinery/object.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { jsonEqual, nameAt, stringAt, valueAt } from '../../base/json.ts';
import type { FieldEdit, Refusal } from '../field-edit.ts';
import type { Connection } from '../kind.ts';
import type { Reference } from '../reference.ts';
import {
  PERSISTENT_VOLUME,
  PERSISTENT_VOLUME_CLAIM,
  STORAGE_CLASS,
  VOLUME_ATTRIBUTES_CLASS,
  VOLUME_SNAPSHOT,
} from '../shared/core-kinds.ts';
import { nameConnection } from '../shared/name-connection.ts';
import { ALREADY, refuseOtherNamespace } from '../shared/same-namespace.ts';

const CLASS = ['spec', 'storageClassName'];

export const claimConnections: readonly Connection[] = [
  nameConnection('storageClass', STORAGE_CLASS, CLASS),
  { id: 'bindVolume', to: PERSISTENT_VOLUME, connect: bindVolume },
  { id: 'dataSource', to: VOLUME_SNAPSHOT, connect: (claim, target) => fillFrom(claim, target, VOLUME_SNAPSHOT) },
  {
    id: 'dataSource',
    to: PERSISTENT_VOLUME_CLAIM,
    connect: (claim, target) => fillFrom(claim, target, PERSISTENT_VOLUME_CLAIM),
  },
  nameConnection('class', VOLUME_ATTRIBUTES_CLASS, ['spec', 'volumeAttributesClassName']),
];

/** A claim binds only to a volume of its own class, and a claim that names no class gets the default one. */
function bindVolume(claim: KubernetesObject, volume: KubernetesObject) {
  const name = nameOf(volume);
  if (name === '') return { refused: 'connect.noMeaning' } as const;
  if (nameAt(claim, 'spec', 'volumeName') === name) return ALREADY;
  const edits: FieldEdit[] = [{ op: 'set', path: ['spec', 'volumeName'], value: name }];
  const storageClass = stringAt(volume, ...CLASS) ?? '';
  if (stringAt(claim, ...CLASS) !== storageClass) edits.push({ op: 'set', path: CLASS, value: storageClass });
  return { source: edits };
}

/** The new volume starts as a copy of the snapshot or of the other claim's volume. */
function fillFrom(claim: KubernetesObject, target: KubernetesObject, { group, kind }: { group: string; kind: string }) {
  const refusal = refuseOtherNamespace(claim, target);
  if (refusal) return refusal;
  const name = nameOf(target);
  if (name === '' || (kind === 'PersistentVolumeClaim' && nameOf(claim) === name))
    return { refused: 'connect.noMeaning' } as const;
  const value: JsonObject = group === '' ? { kind, name } : { apiGroup: group, kind, name };
  if (
    [valueAt(claim, 'spec', 'dataSource'), valueAt(claim, 'spec', 'dataSourceRef')].some((v) => jsonEqual(v, value))
  ) {
    return ALREADY;
  }
  // The API server copies the one into the other and refuses two that differ.
  const edits: FieldEdit[] = [{ op: 'set', path: ['spec', 'dataSource'], value }];
  if (valueAt(claim, 'spec', 'dataSourceRef') !== undefined)
    edits.push({ op: 'delete', path: ['spec', 'dataSourceRef'] });
  return { source: edits };
}

export function disconnectClaim(claim: KubernetesObject, { type, field }: Reference): readonly FieldEdit[] | Refusal {
  if (type !== 'dataSource') return [{ op: 'delete', path: field }];
  // What is left of a pair would be copied back by the API server.
  return ['dataSource', 'dataSourceRef']
    .map((key) => ['spec', key])
    .filter((path) => valueAt(claim, ...path) !== undefined)
    .map((path) => ({ op: 'delete', path }));
}
