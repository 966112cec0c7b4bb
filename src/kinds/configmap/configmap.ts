import { objectAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** core/v1 ConfigMap. */
export const configMap: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  resource: 'configmaps',
  shortNames: ['cm'],
  scope: 'Namespaced',
  category: 'config',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: newMetadata(name, namespace),
    data: { key: 'value' },
  }),
  references: () => [],
  keys,
  summary: (object) => ({ fact: `data ${keys(object).length}` }),
  fields: ['data', 'binaryData', 'immutable'],
};

function keys(object: JsonObject): readonly string[] {
  const { data = {}, binaryData = {} } = { data: objectAt(object, 'data'), binaryData: objectAt(object, 'binaryData') };
  return [...new Set([...Object.keys(data), ...Object.keys(binaryData)])];
}
