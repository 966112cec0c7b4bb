import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { asObject, isJsonObject } from '../../base/json.ts';
import { updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { mapFields, mapItems } from '../shared/custom-resource/map-values.ts';
import type { ReadByItself } from '../strategy.ts';

const EXPECTED = 'boolean or JSON schema expected';
const ONE_OR_BOOLEAN = ['additionalProperties', 'additionalItems'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const MAPS = ['properties', 'patternProperties', 'definitions', 'dependencies'];

/**
 * The definition with its schemas as Go reads them: what may be a schema or a boolean must be one of them, and what is
 * neither a schema nor a list is no `items`. Source:
 * staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1/marshal.go, 1.36.
 */
export function readSchemas(definition: KubernetesObject): ReadByItself {
  let wrong: Path | undefined;
  const read = (schema: JsonObject, path: Path): JsonObject =>
    mapFields(schema, (value, name): JsonValue | undefined => {
      const at = [...path, name];
      if (ONE_OR_BOOLEAN.includes(name)) {
        if (typeof value !== 'boolean' && !isJsonObject(value)) wrong ??= at;
        return below(value, at);
      }
      if (name === 'items') return Array.isArray(value) || isJsonObject(value) ? below(value, at) : undefined;
      if (name === 'not' || LISTS.includes(name)) return below(value, at);
      if (!MAPS.includes(name) || !isJsonObject(value)) return value;
      return mapFields(value, (child, key) => below(child, [...at, key]));
    });
  const below = (value: JsonValue, path: Path): JsonValue => {
    if (isJsonObject(value)) return read(value, path);
    if (!Array.isArray(value)) return value;
    return mapItems(value as readonly JsonValue[], (item, index) =>
      isJsonObject(item) ? read(item, [...path, index]) : item,
    );
  };
  let index = -1;
  const object = updateStruct(definition, 'spec', (spec) =>
    updateItems(spec, 'versions', (version) => {
      index++;
      const path = ['spec', 'versions', index, 'schema', 'openAPIV3Schema'];
      if (asObject(asObject(version['schema'])?.['openAPIV3Schema']) === undefined) return version;
      return updateStruct(version, 'schema', (holder) =>
        updateStruct(holder, 'openAPIV3Schema', (schema) => read(schema, path)),
      );
    }),
  );
  return wrong === undefined ? { ok: true, object } : { ok: false, path: wrong, message: EXPECTED };
}
