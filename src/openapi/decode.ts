import type { JsonObject, JsonValue, Path } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { readQuantityField } from '../apimachinery/quantity.ts';
import { base64Problem } from './base64-problem.ts';
import { dropNulls } from './drop-nulls.ts';
import type { GoField } from './go-type.ts';
import { goFieldAt } from './go-type.ts';
import type { Schema } from './schema.ts';
import type { StructureError } from './structure-error.ts';
import { timeProblem } from './time-problem.ts';
import { validateStructure } from './structure.ts';

/** One thing that keeps an object from being decoded. */
export interface DecodeError {
  readonly path: Path;
  /** As the server writes it: `spec.containers[0].image`. */
  readonly field: string;
  readonly message: string;
}

export type Decoded<Value extends JsonObject> =
  /** `structure`: what the schema alone says of the decoded object, for kinds that nobody validates better. */
  | { readonly ok: true; readonly object: Value; readonly structure: readonly StructureError[] }
  /**
   * `message` is what the server says; it stops at the first wrong type, `errors` names all, that one first. `strict`: only
   * unknown or repeated fields, which a server that is not strict lets pass.
   */
  | { readonly ok: false; readonly strict: boolean; readonly message: string; readonly errors: readonly DecodeError[] };

/**
 * Decodes an object into its type as an API server does with strict field validation: a value of a wrong type is
 * refused alone, unknown and repeated fields together. What comes out has no null, and quantities in canonical form.
 * Source: vendor/sigs.k8s.io/json and apimachinery/pkg/runtime/serializer/json, 1.36.
 */
export function decodeStrictly<Value extends JsonObject>(
  object: Value,
  schema: Schema,
  repeated: readonly Path[] = [],
): Decoded<Value> {
  const structure = validateStructure(object, schema);
  if (structure.length > 0) {
    const refused = typeErrors(schema, structure);
    if (refused.length > 0) return { ok: false, strict: false, message: refused[0]!.message, errors: refused };
  }
  const strict = [
    ...structure.filter(({ reason }) => reason === 'unknownField').map(({ path }) => strictError('unknown', path)),
    ...repeated.map((path) => strictError('duplicate', path)),
  ].slice(0, 100);
  if (strict.length > 0) return strictRefusal(strict);
  return { ok: true, object: dropNulls(object, schema) as Value, structure };
}

/** A type that reads itself from JSON cannot read what stands at the path. */
export function refusedByItself(path: Path, message: string): Extract<Decoded<JsonObject>, { ok: false }> {
  return { ok: false, strict: false, message, errors: [{ path, field: strictPath(path), message }] };
}

/** Unknown and repeated fields, told together. */
export function strictRefusal(errors: readonly DecodeError[]): Extract<Decoded<JsonObject>, { ok: false }> {
  const message = `strict decoding error: ${errors.map(({ message: words }) => words).join(', ')}`;
  return { ok: false, strict: true, message, errors };
}

export function strictError(what: 'unknown' | 'duplicate', path: Path): DecodeError {
  const field = strictPath(path);
  return { path, field, message: `${what} field ${quoteString(field)}` };
}

/** Dots for fields and for keys of maps alike. */
function strictPath(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

type TypeError = Extract<StructureError, { reason: 'type' }>;

/** Values that decode themselves stop the decoder; all others are noted, and the first is told at the end. */
function typeErrors(schema: Schema, structure: readonly StructureError[]): readonly DecodeError[] {
  const wrong = structure.filter((error): error is TypeError => error.reason === 'type');
  const stops = wrong.findIndex((error) => decodesItself(error));
  const ordered = stops <= 0 ? wrong : [wrong[stops]!, ...wrong.filter((_, index) => index !== stops)];
  return ordered.map((error) => ({ path: error.path, field: strictPath(error.path), message: wordsOf(error, schema) }));
}

function decodesItself({ expected }: TypeError): boolean {
  return (
    expected === 'quantity' || expected === 'integerOrString' || expected === 'dateTime' || expected === 'microTime'
  );
}

/**
 * The first wrong type in a value that a decoder of its own reads, in the words of the decoder around it, which knows only
 * the field `at` of `root` that it stands in; undefined where all types are right. Source: vendor/sigs.k8s.io/json
 * decode.go `addErrorContext`, 1.36.2.
 */
export function nestedTypeProblem(value: JsonValue, schema: Schema, root: Schema, at: Path): string | undefined {
  const wrong = validateStructure(value, schema).find((error): error is TypeError => error.reason === 'type');
  return wrong && wordsOf(wrong, schema, goFieldAt(root, at));
}

function wordsOf({ path, expected, value }: TypeError, schema: Schema, outer?: GoField): string {
  if (expected === 'quantity') {
    const problem = readQuantityField(value);
    if (typeof problem === 'string') return problem;
  }
  if (typeof value === 'string') {
    const problem = expected === 'base64' ? base64Problem(value) : undefined;
    if (problem !== undefined) return problem;
    if (expected === 'dateTime') return timeProblem(value, 'time');
    if (expected === 'microTime') return timeProblem(value, 'microTime');
  }
  const { struct: ownStruct, path: ownField, type } = goFieldAt(schema, path);
  const { struct, path: field } = outer ?? { struct: ownStruct, path: ownField };
  const readsText =
    type === 'v1.Time' || type === 'v1.MicroTime' || expected === 'dateTime' || expected === 'microTime';
  const wanted = expected === 'integerOrString' ? 'int32' : readsText ? 'string' : type;
  const where = field === '' ? 'Go value' : `Go struct field ${struct}.${field}`;
  return `json: cannot unmarshal ${kindOfValue(value, wanted)} into ${where} of type ${wanted}`;
}

function kindOfValue(value: JsonValue, wanted: string): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isJsonObject(value)) return 'object';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return /^u?int\d*$|^float/.test(wanted) ? `number ${numberText(value)}` : 'number';
}

/** A number as kubectl sends it: whole numbers without an exponent up to 10^21. */
function numberText(value: JsonValue): string {
  return typeof value === 'number' && Math.abs(value) >= 1e21
    ? value.toExponential().replace('e+', 'e+')
    : String(value);
}
