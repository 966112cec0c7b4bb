import type { JsonObject } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';
import { fillIn, fillInText, updateStruct } from '../defaults/fill-in.ts';

/** What sources of volumes are filled in with. Source: pkg/apis/core/v1/zz_generated.defaults.go, 1.36. */
export function defaultVolumeSources(spec: JsonObject): JsonObject {
  return SOURCE_DEFAULTS.reduce<JsonObject>((filled, [field, fill]) => {
    return objectAt(filled, field) === undefined ? filled : updateStruct(filled, field, fill);
  }, spec);
}

const SOURCE_DEFAULTS: readonly (readonly [field: string, fill: (source: JsonObject) => JsonObject])[] = [
  ['hostPath', (source) => fillIn(source, { type: '' })],
  ['rbd', (source) => fillInText(source, { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' })],
  ['iscsi', (source) => fillInText(source, { iscsiInterface: 'default' })],
  [
    'azureDisk',
    (source) => fillIn(source, { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' }),
  ],
  ['scaleIO', (source) => fillInText(source, { storageMode: 'ThinProvisioned', fsType: 'xfs' })],
];
