import { isJsonObject, jsonEqual, valueAt } from '../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import type { VerdictError } from '../../kinds/verdict.ts';
import { fieldSchema } from '../../openapi/schema.ts';
import type { Schema } from '../../openapi/schema.ts';
import { supportedIn } from '../fixes/supported-in.ts';
import { exclusions } from './exclusions.ts';
import { answersTogether } from './answers-together.ts';
import { startsOf } from './starts.ts';
import { putAt } from './value-at.ts';

/**
 * What an error may be answered with: objects after one more change, in groups of which an earlier one is better. What
 * excludes others asks to take them away; everything else asks for more first.
 */
export function repairs(
  object: JsonObject,
  error: VerdictError,
  added: Path,
  root: Schema,
): readonly (readonly JsonObject[])[] {
  const path = knownPath(root, error.path);
  const schema = fieldSchema(root, path);
  const present = valueAt(object, ...path);
  const put = (at: Path, value: JsonValue): JsonObject => putAt(object, at, value) as JsonObject;
  const values = schema === undefined ? [] : startsOf(schema, path, object);
  const filled = values.filter((value) => !jsonEqual(value, present)).map((value) => put(path, value));
  const parts = schema !== undefined && isJsonObject(present) ? partsOf(schema, present, path, object, put) : [];
  const more = [
    ...wordsOf(error, path, schema, put),
    ...parts,
    ...filled,
    ...volumesFor(error, object, put),
    ...mentioned(error, path, object, root, put),
  ];
  const together = answersTogether(object, error);
  const less = exclusions(object, error, added, root);
  const isTooMuch =
    error.reason === 'FieldValueForbidden' ||
    /may not|must not|must be nil|cannot|not be set|more than one|only one|exactly one|not allowed|given/i.test(
      error.message,
    );
  return isTooMuch ? [together, less, more] : [together, more, less];
}

/** Fields beside the wrong one, or above it, that the server speaks of and that are not there. */
function mentioned(
  { message }: VerdictError,
  path: Path,
  object: JsonObject,
  root: Schema,
  put: (path: Path, value: JsonValue) => JsonObject,
): readonly JsonObject[] {
  const words = new Set(message.match(/\w+/g) ?? []);
  return [path, ...path.map((_, at) => path.slice(0, path.length - at - 1))].flatMap((place) => {
    const parent = valueAt(object, ...place);
    if (!isJsonObject(parent)) return [];
    return [...(fieldSchema(root, place)?.properties ?? [])]
      .filter(([name]) => words.has(name) && parent[name] === undefined)
      .flatMap(([name, child]) =>
        startsOf(child, [...place, name], object)
          .slice(0, 3)
          .map((value) => put([...place, name], value)),
      );
  });
}

/** The server calls some fields otherwise than they are written: the nearest place that the schema knows. */
function knownPath(root: Schema, path: Path): Path {
  let length = path.length;
  while (length > 0 && fieldSchema(root, path.slice(0, length)) === undefined) length--;
  return path.slice(0, length);
}

/** The values that the server names. */
function wordsOf(
  { message }: VerdictError,
  path: Path,
  schema: Schema | undefined,
  put: (path: Path, value: JsonValue) => JsonObject,
): readonly JsonObject[] {
  const words = supportedIn(message);
  if (words.length === 0 || schema?.type !== 'object') return words.map((word) => put(path, word));
  const texts = [...schema.properties].flatMap(([name, { type }]) => (type === 'string' ? [name] : []));
  return words.flatMap((word) => texts.slice(0, 2).map((name) => put([...path, name], word)));
}

/** A struct that asks for one of its parts: each that is not there, those that most people mean first. */
function partsOf(
  schema: Schema,
  present: JsonObject,
  path: Path,
  object: JsonObject,
  put: (path: Path, value: JsonValue) => JsonObject,
): readonly JsonObject[] {
  const rank = (name: string): number => {
    const at = USUAL_PARTS.indexOf(name);
    return at < 0 ? USUAL_PARTS.length : at;
  };
  return [...schema.properties]
    .filter(([name]) => present[name] === undefined)
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .flatMap(([name, child]) =>
      startsOf(child, [...path, name], object)
        .slice(0, 2)
        .map((value) => put([...path, name], value)),
    );
}

const USUAL_PARTS = [
  'emptyDir',
  'tcpSocket',
  'exec',
  'fieldRef',
  'configMap',
  'matchLabels',
  'podSelector',
  'user',
  'name',
];

/** A container mounts a volume that is not there yet. */
function volumesFor(
  { path, reason }: VerdictError,
  object: JsonObject,
  put: (path: Path, value: JsonValue) => JsonObject,
): readonly JsonObject[] {
  const list = path.findLastIndex((step) => step === 'containers' || step === 'initContainers');
  const user = path.find((step) => step === 'volumeMounts' || step === 'volumeDevices' || step === 'env');
  const name = valueAt(object, ...path);
  if (reason !== 'FieldValueNotFound' || list < 0 || user === undefined || typeof name !== 'string') return [];
  const spec = path.slice(0, list);
  const volumes = valueAt(object, ...spec, 'volumes');
  const source = user !== 'volumeDevices' ? { emptyDir: {} } : { persistentVolumeClaim: { claimName: 'example' } };
  return [
    put([...spec, 'volumes', Array.isArray(volumes) ? volumes.length : 0], { name: name || 'example', ...source }),
  ];
}
