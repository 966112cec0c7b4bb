import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, asObject, isJsonObject, objectAt, stringAt } from '../../base/json.ts';
import { fillIn, fillInText, updateField, updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { isTrueAt, textsAt } from '../shared/validation/fields.ts';

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/defaults.go, 1.36. */
export function setDefaults(object: KubernetesObject): KubernetesObject {
  const defaulted = updateStruct(object, 'spec', defaultSpec);
  if (textsAt(defaulted, 'status', 'storedVersions').length > 0) return defaulted;
  const storage = storageVersionOf(defaulted);
  if (storage === undefined) return defaulted;
  return { ...defaulted, status: { ...objectAt(defaulted, 'status'), storedVersions: [storage] } };
}

/** The first version that is marked as the one in which objects are stored. */
export function storageVersionOf(object: JsonObject): string | undefined {
  const version = arrayAt(object, 'spec', 'versions').find((entry) => isTrueAt(entry, 'storage'));
  return version === undefined ? undefined : (stringAt(version, 'name') ?? '');
}

function defaultSpec(spec: JsonObject): JsonObject {
  const named = updateStruct(spec, 'names', defaultNames);
  const versioned = updateItems(named, 'versions', (it) => fillIn(it, { served: false, storage: false }));
  return updateField(versioned, 'conversion', (value) =>
    value === undefined || value === null ? { strategy: 'None' } : isJsonObject(value) ? defaultPort(value) : value,
  );
}

function defaultNames(names: JsonObject): JsonObject {
  const kind = stringAt(names, 'kind') ?? '';
  if (kind === '') return names;
  return fillInText(names, { singular: kind.toLowerCase(), listKind: `${kind}List` });
}

function defaultPort(conversion: JsonObject): JsonObject {
  if (asObject(objectAt(conversion, 'webhook', 'clientConfig', 'service')) === undefined) return conversion;
  return updateStruct(conversion, 'webhook', (webhook) =>
    updateStruct(webhook, 'clientConfig', (config) =>
      updateStruct(config, 'service', (service) => fillIn(service, { port: 443 })),
    ),
  );
}

/** What a create leaves of the status: the version in which objects are stored. */
export function statusOfNew(object: KubernetesObject): KubernetesObject {
  const storage = storageVersionOf(object);
  const status = {
    conditions: null,
    acceptedNames: { plural: '', kind: '' },
    storedVersions: storage === undefined ? null : [storage],
  };
  return { ...object, status };
}

/** An update keeps the status, and adds a new storage version to it. */
export function statusOfUpdate(object: KubernetesObject, old: KubernetesObject): KubernetesObject {
  const status = objectAt(old, 'status');
  const stored = textsAt(status, 'storedVersions');
  const storage = storageVersionOf(object);
  if (storage === undefined || stored.includes(storage)) return status === undefined ? object : { ...object, status };
  return { ...object, status: { ...status, storedVersions: [...stored, storage] } };
}
