import { byteLength } from '../../apimachinery/utf8.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, isJsonObject, objectAt, stringAt, valueAt } from '../../base/json.ts';
import { escapeField } from '../field-name.ts';
import { withMetadata } from '../schema-type.ts';

/** How large values of a schema can be. */
export interface Sized {
  /** Characters, items or entries at most; 0 for what has none. */
  readonly most: number;
  /** Bytes that a value has at least, written as JSON. */
  readonly leastBytes: number;
  readonly fields?: ReadonlyMap<string, Sized>;
  readonly key?: Sized;
  readonly item?: Sized;
}

/** Source: staging/src/k8s.io/apiserver/pkg/apis/cel/config.go `MaxRequestSizeBytes`, 1.36. */
export const MAX_REQUEST_BYTES = 3 * 1024 * 1024;
/** Bytes of texts with a format: the most, and the least with quotes. Source: apiserver/pkg/cel/limits.go, 1.36. */
const FORMATS: Readonly<Record<string, readonly [number, number]>> = {
  duration: [32, 3],
  date: [12, 12],
  'date-time': [32, 21],
};
const TEXT: Sized = { most: 0, leastBytes: 2 };

/** Source: staging/src/k8s.io/apiserver/pkg/cel/common/schemas.go `SchemaDeclType`, 1.36. */
export function sizedSchema(schema: JsonObject, isRoot = false): Sized | undefined {
  if (valueAt(schema, 'x-kubernetes-int-or-string') === true) return { most: textLength(schema), leastBytes: 1 };
  const isResource = isRoot || valueAt(schema, 'x-kubernetes-embedded-resource') === true;
  switch (stringAt(schema, 'type')) {
    case 'array': {
      const item = sizedPart(schema, 'items');
      return item && { most: limit(schema, 'maxItems') ?? fitting(item.leastBytes + 1), leastBytes: 2, item };
    }
    case 'object': {
      if (objectAt(schema, 'additionalProperties') === undefined)
        return sizedObject(isResource ? withMetadata(schema) : schema);
      const item = sizedPart(schema, 'additionalProperties');
      const most = limit(schema, 'maxProperties');
      return item && { most: most ?? fitting(item.leastBytes + 6), leastBytes: 2, key: TEXT, item };
    }
    case 'string':
      return sizedText(schema);
    case 'boolean':
      return { most: 0, leastBytes: 4 };
    case 'number':
    case 'integer':
      return { most: 0, leastBytes: 1 };
    default:
      return undefined;
  }
}

function sizedPart(schema: JsonObject, field: string): Sized | undefined {
  const part = objectAt(schema, field);
  return part && sizedSchema(part);
}

/** How many of that many bytes fit into one request. */
const fitting = (bytes: number): number => Math.floor((MAX_REQUEST_BYTES - 2) / bytes);

function limit(schema: JsonObject, field: string): number | undefined {
  const value = valueAt(schema, field);
  return typeof value === 'number' ? Math.max(0, value) : undefined;
}

function textLength(schema: JsonObject): number {
  const length = limit(schema, 'maxLength');
  return length === undefined ? MAX_REQUEST_BYTES - 2 : length * 4;
}

function sizedText(schema: JsonObject): Sized {
  const format = stringAt(schema, 'format') ?? '';
  const known = FORMATS[format];
  if (known !== undefined) return { most: known[0], leastBytes: known[1] };
  if (format === 'byte') return { most: limit(schema, 'maxLength') ?? MAX_REQUEST_BYTES - 2, leastBytes: 2 };
  const values = arrayAt(schema, 'enum');
  if (limit(schema, 'maxLength') !== undefined || values.length === 0)
    return { most: textLength(schema), leastBytes: 2 };
  return {
    most: Math.max(0, ...values.map((value) => (typeof value === 'string' ? byteLength(value) : 0))),
    leastBytes: 2,
  };
}

function sizedObject(schema: JsonObject): Sized {
  const required = new Set(arrayAt(schema, 'required'));
  const fields = new Map<string, Sized>();
  let leastBytes = 2;
  for (const [name, part] of Object.entries(objectAt(schema, 'properties') ?? {})) {
    const own = isJsonObject(part) ? sizedSchema(part) : undefined;
    if (own === undefined) continue;
    const escaped = escapeField(name);
    if (escaped !== undefined) fields.set(escaped, own);
    const isFilled = (valueAt(part, 'default') ?? null) !== null;
    if (required.has(name) && !isFilled) leastBytes += byteLength(name) + own.leastBytes + 4;
  }
  return { most: 0, leastBytes, fields };
}

/** The size at a path from a variable: fields, `@items`, `@values`, `@keys`. */
export function sizeAt(root: Sized, path: readonly string[]): number | undefined {
  if (path.length === 0) return undefined;
  let at: Sized | undefined = root;
  for (const step of path.slice(1)) {
    if (step === '@items' || step === '@values') at = at.item;
    else at = step === '@keys' ? at.key : at.fields?.get(step);
    if (at === undefined) return undefined;
  }
  return at.most;
}
