import { annotationsOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { asName, nameAt, objectAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { SERVICE_ACCOUNT } from '../shared/core-kinds.ts';
import { nameReference, namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';

const TOKEN_TYPE = 'kubernetes.io/service-account-token';
const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name';
const SERVICE_ACCOUNT_UID = 'kubernetes.io/service-account.uid';
/** What the token controller writes. Source: pkg/controller/serviceaccount/tokens_controller.go, 1.36. */
const TOKEN_KEYS = ['ca.crt', 'namespace', 'token'];

/** core/v1 Secret. Only the names of its entries are read, never the values. */
export const secret: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  resource: 'secrets',
  shortNames: [],
  scope: 'Namespaced',
  category: 'config',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: newMetadata(name, namespace),
    type: 'Opaque',
    stringData: { key: 'value' },
  }),
  references: (object) => {
    if (!isToken(object)) return [];
    const uid = asName(annotationsOf(object).get(SERVICE_ACCOUNT_UID));
    const target = { ...SERVICE_ACCOUNT, namespace: namespaceOrDefault(object) };
    return nameReference(object, 'serviceAccountToken', ['metadata', 'annotations', SERVICE_ACCOUNT_NAME], target, {
      uid,
    });
  },
  keys,
  disconnect: () => ({ refused: 'disconnect.required' }),
  summary: (object) => {
    const data = `data ${keys(object).length}`;
    const type = nameAt(object, 'type') ?? 'Opaque';
    return type === 'Opaque' ? { fact: data } : { fact: type, detail: data };
  },
  fields: ['type', 'stringData', 'data', 'immutable'],
};

function isToken(object: JsonObject): boolean {
  return object['type'] === TOKEN_TYPE;
}

function keys(object: JsonObject): readonly string[] {
  const { data = {}, stringData = {} } = { data: objectAt(object, 'data'), stringData: objectAt(object, 'stringData') };
  const filled = isToken(object) ? TOKEN_KEYS : [];
  return [...new Set([...Object.keys(data), ...Object.keys(stringData), ...filled])];
}
