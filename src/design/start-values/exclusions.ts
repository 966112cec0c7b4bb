import { isJsonObject, valueAt } from '../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import type { VerdictError } from '../../kinds/verdict.ts';
import { fieldSchema } from '../../openapi/schema.ts';
import type { Schema } from '../../openapi/schema.ts';
import { putAt, takeAt } from './value-at.ts';

/** Fields that say which of their siblings is meant. */
const CHOICES = ['type', 'patchType', 'strategy', 'kind'];

/** Where a field excludes what stands beside it: the object without that, or with another choice. */
export function exclusions(object: JsonObject, error: VerdictError, added: Path, root: Schema): readonly JsonObject[] {
  const named = namedInWords(object, error, root);
  const outside = isOutside(error.path, added) ? [takeAt(object, error.path) as JsonObject] : [];
  const beside = added.flatMap((_, at) => {
    const path = added.slice(0, added.length - at);
    return path.length < 2 ? [] : [...chosen(object, path, root), ...withoutSiblings(object, path)];
  });
  return [...named, ...withoutNamed(object, error, added), ...outside, ...beside];
}

/** `without restartPolicy=Always`, `filter.type is not CORS`: the server says what would make it right. */
function namedInWords(object: JsonObject, { message, path }: VerdictError, root: Schema): readonly JsonObject[] {
  return [...message.matchAll(/(\w+)(?:=| is not (?:set to )?)"?(\w+)"?/g)].flatMap(([, name = '', value = '']) =>
    [path, ...path.map((_, at) => path.slice(0, path.length - at - 1))].flatMap((parent) => {
      const place = [...parent, name];
      return fieldSchema(root, place)?.type === 'string' ? [putAt(object, place, value) as JsonObject] : [];
    }),
  );
}

/** The object without what the server speaks of and that stands at the place of the error. */
function withoutNamed(object: JsonObject, { message, path }: VerdictError, added: Path): readonly JsonObject[] {
  const words = new Set(message.match(/\w+/g) ?? []);
  const here = valueAt(object, ...path);
  if (!isJsonObject(here)) return [];
  return Object.keys(here)
    .filter((key) => words.has(key) && isOutside([...path, key], added))
    .map((key) => takeAt(object, [...path, key]) as JsonObject);
}

/** The field that chooses says the one that was added, and what stood for the other choice is gone. */
function chosen(object: JsonObject, path: Path, root: Schema): readonly JsonObject[] {
  const [parentPath, own] = [path.slice(0, -1), path.at(-1)];
  const parent = valueAt(object, ...parentPath);
  const properties = fieldSchema(root, parentPath)?.properties;
  if (!isJsonObject(parent) || typeof own !== 'string' || properties === undefined) return [];
  const others = Object.keys(parent).filter((key) => key !== own && typeof parent[key] === 'object');
  const without = others.reduce<JsonValue>((value, key) => takeAt(value, [...parentPath, key]), object);
  const words = [own.slice(0, 1).toUpperCase() + own.slice(1), own.replace(/^json/, 'JSON')];
  return CHOICES.filter((choice) => properties.get(choice)?.type === 'string').flatMap((choice) =>
    words.flatMap((word) => [without, object].map((base) => putAt(base, [...parentPath, choice], word) as JsonObject)),
  );
}

function withoutSiblings(object: JsonObject, path: Path): readonly JsonObject[] {
  const [parentPath, own] = [path.slice(0, -1), path.at(-1)];
  const parent = valueAt(object, ...parentPath);
  if (!isJsonObject(parent)) return [];
  return Object.keys(parent)
    .filter((key) => key !== own && key !== 'name')
    .map((key) => takeAt(object, [...parentPath, key]) as JsonObject);
}

/** Whether taking a place away leaves what was added. */
function isOutside(path: Path, added: Path): boolean {
  return path.length > 1 && !path.every((step, at) => added[at] === step);
}
