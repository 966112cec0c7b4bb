import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import { coerceEmbedded } from '../shared/custom-resource/embedded-resources.ts';
import { prune } from '../shared/custom-resource/prune.ts';
import type { StructuralSchema } from '../shared/custom-resource/structural-schema.ts';
import { structuralSchema } from '../shared/custom-resource/structural-schema.ts';

type Around = (value: JsonValue) => JsonObject;

/**
 * Whether some default of a structural schema holds what an object of the schema would lose.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go
 * `schemaHasUnprunedDefaults` and pkg/apiserver/schema/defaulting/prune.go, 1.36.
 */
export function hasUnprunedDefaults(source: JsonObject): boolean {
  const root: StructuralSchema = { ...structuralSchema(source), isEmbeddedResource: true };
  return isUnpruned(root, root, (value) => (isJsonObject(value) ? value : {}));
}

function isUnpruned(schema: StructuralSchema, root: StructuralSchema, around: Around): boolean {
  if (schema.default !== undefined && loses(around(schema.default), root)) return true;
  const { items, additional, properties } = schema;
  if (items !== undefined && isUnpruned(items, root, (value) => around([value]))) return true;
  const named = (name: string): Around => {
    return (value) => around({ [name]: value });
  };
  if (typeof additional === 'object' && isUnpruned(additional, root, named('*'))) return true;
  return [...properties].some(([name, property]) => isUnpruned(property, root, named(name)));
}

function loses(object: JsonObject, root: StructuralSchema): boolean {
  return coerceEmbedded(object, root).unknown.length > 0 || prune(object, root, true).value !== object;
}
