import type { JsonObject, JsonValue, Path } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { decodeStrictly } from '../../../openapi/decode.ts';
import { printedByGo } from '../../../openapi/go-json.ts';
import { builtInType } from '../../../openapi/schema-table.ts';
import { ANY_SCHEMA } from '../../../openapi/schema.ts';
import type { UnknownField } from './prune.ts';
import { dotted } from './prune.ts';

export type DecodedMetadata =
  | { readonly metadata: JsonObject; readonly unknown: readonly UnknownField[] }
  /** `path` within the metadata. */
  | { readonly problem: string; readonly path: Path };

/**
 * Metadata of a custom resource or of a resource inside one, read into Go's ObjectMeta and written back; `at` is where it
 * stands. Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta/coerce.go, 1.36.
 */
export function decodeObjectMeta(written: JsonValue, at: Path): DecodedMetadata {
  if (written === null) return { metadata: {}, unknown: [] };
  const schema = builtInType('meta/v1.ObjectMeta') ?? ANY_SCHEMA;
  if (!isJsonObject(written)) {
    const given = Array.isArray(written) ? 'array' : typeof written === 'boolean' ? 'bool' : typeof written;
    const kind = given === 'bigint' ? 'number' : given;
    return { problem: `json: cannot unmarshal ${kind} into Go value of type v1.ObjectMeta`, path: [] };
  }
  const decoded = decodeStrictly(written, schema);
  if (decoded.ok) return { metadata: printed(decoded.object, schema), unknown: [] };
  if (!decoded.strict) return { problem: decoded.message, path: decoded.errors[0]?.path ?? [] };
  const unknown = decoded.errors.map(({ path }) => ({ path: [...at, ...path], field: dotted([...at, ...path]) }));
  return { metadata: printed(written, schema), unknown };
}

function printed(metadata: JsonObject, schema: Parameters<typeof printedByGo>[1]): JsonObject {
  const shown = printedByGo(metadata, schema);
  return isJsonObject(shown) ? shown : metadata;
}
