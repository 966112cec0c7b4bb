import { isJsonObject } from '../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import type { Schema } from '../../openapi/schema.ts';
import { usualScalars } from './usual-values.ts';
import { USUAL_STRUCTS } from './usual-structs.ts';

const KEYS = ['example', 'example.com/name', 'cpu', 'pods', 'storage'];

/** What a field may begin as, best first. */
export function startsOf(schema: Schema, path: Path, object: JsonObject): readonly JsonValue[] {
  if (schema.type === 'object') {
    const usual = USUAL_STRUCTS[schema.typeId ?? ''] ?? [];
    const values = schema.values === undefined ? [] : startsOf(schema.values, path, object).slice(0, 3);
    return [{}, ...usual, ...KEYS.flatMap((key) => values.map((value): JsonValue => ({ [key]: value })))];
  }
  if (schema.type === 'array') {
    const items = schema.items === undefined ? [] : startsOf(schema.items, path, object);
    return [[], ...items.map((item): JsonValue => [item])];
  }
  const name = path.findLast((step): step is string => typeof step === 'string') ?? '';
  return usualScalars(schema, name, namesIn(object));
}

/** Names that things in an object have. */
function namesIn(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(namesIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'name' && typeof child === 'string' ? [child] : namesIn(child),
  );
}
