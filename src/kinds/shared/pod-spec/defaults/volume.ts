import type { JsonObject } from '../../../../base/json.ts';
import { stringAt } from '../../../../base/json.ts';
import { fillIn, fillInText, updateItems, updateStruct } from '../../defaults/fill-in.ts';
import { defaultPullPolicy } from '../../defaults/image-pull-policy.ts';
import { defaultResources } from '../../defaults/resource-list.ts';
import { defaultFieldRef } from './container.ts';
import { whereWritten } from './probe.ts';

const FILE_MODE = { defaultMode: 0o644 } as const;

type Update = (source: JsonObject) => JsonObject;

/** What is filled in in each source. Source: pkg/apis/core/v1/{defaults,zz_generated.defaults}.go, 1.36. */
const SOURCES: Readonly<Record<string, Update>> = {
  hostPath: fillingIn({ type: '' }),
  secret: fillingIn(FILE_MODE),
  configMap: fillingIn(FILE_MODE),
  iscsi: fillingInText({ iscsiInterface: 'default' }),
  rbd: fillingInText({ pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' }),
  scaleIO: fillingInText({ storageMode: 'ThinProvisioned', fsType: 'xfs' }),
  azureDisk: fillingIn({ cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' }),
  downwardAPI: (source) => defaultItems(fillIn(source, FILE_MODE)),
  projected: (source) => updateItems(fillIn(source, FILE_MODE), 'sources', defaultProjection),
  ephemeral: (source) => whereWritten(source, 'volumeClaimTemplate', defaultClaimTemplate),
  image: (source) => fillInText(source, { pullPolicy: defaultPullPolicy(stringAt(source, 'reference') ?? '') }),
};

function fillingIn(defaults: JsonObject): Update {
  return (source) => fillIn(source, defaults);
}

function fillingInText(defaults: JsonObject): Update {
  return (source) => fillInText(source, defaults);
}

/** A volume of a Pod; one without a source is an empty directory. */
export function defaultVolume(volume: JsonObject): JsonObject {
  const fields = Object.keys(volume).filter((name) => name !== 'name' && (volume[name] ?? null) !== null);
  if (fields.length === 0) return { ...volume, emptyDir: {} };
  return fields.reduce((object, name) => {
    const update = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
    return update ? whereWritten(object, name, update) : object;
  }, volume);
}

function defaultItems(source: JsonObject): JsonObject {
  return updateItems(source, 'items', defaultFieldRef);
}

function defaultProjection(source: JsonObject): JsonObject {
  return whereWritten(whereWritten(source, 'downwardAPI', defaultItems), 'serviceAccountToken', (token) =>
    fillIn(token, { expirationSeconds: 3600 }),
  );
}

/** Also of the templates of a StatefulSet, as far as the spec goes. */
export function defaultClaimTemplate(template: JsonObject): JsonObject {
  return updateStruct(template, 'spec', defaultClaimSpec);
}

export function defaultClaimSpec(spec: JsonObject): JsonObject {
  return defaultResources(fillIn(spec, { volumeMode: 'Filesystem' }));
}
