import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, step } from '../../base/json.ts';
import { PatchError } from './patch-result.ts';

/** The API server refuses longer patches (apiserver/pkg/endpoints/handlers/patch.go, 1.36). */
export const MAX_JSON_PATCH_OPERATIONS = 10_000;

/** The operations of a patch; throws a PatchError for what is no list of operations, and for too many. */
export function readOperations(patch: JsonValue): readonly JsonObject[] {
  if (patch === null) return [];
  if (!Array.isArray(patch))
    throw new PatchError(`json: cannot unmarshal ${jsonKind(patch)} into Go value of type jsonpatch.Patch`, 400);
  const operations = patch.map((operation: JsonValue): JsonObject => {
    if (operation === null) return {};
    if (isJsonObject(operation)) return operation;
    throw new PatchError(
      `json: cannot unmarshal ${jsonKind(operation)} into Go value of type jsonpatch.Operation`,
      400,
    );
  });
  if (operations.length > MAX_JSON_PATCH_OPERATIONS) {
    const limit = `The allowed maximum operations in a JSON patch is ${MAX_JSON_PATCH_OPERATIONS}, got ${operations.length}`;
    throw new PatchError(limit, 413);
  }
  return operations;
}

/** A missing `value` counts as null, as upstream marshals it. */
export function valueOf(operation: JsonObject): JsonValue {
  return step(operation, 'value') ?? null;
}

type StringMember = { readonly value: string; readonly error?: undefined } | { readonly error: string };

export function stringMember(operation: JsonObject, name: 'path' | 'from'): StringMember {
  const value = step(operation, name);
  if (typeof value === 'string') return { value };
  if (value === undefined || value === null) {
    return {
      error:
        name === 'path'
          ? 'operation missing path field: missing value'
          : 'operation, missing from field: missing value',
    };
  }
  return { error: `json: cannot unmarshal ${jsonKind(value)} into Go value of type string` };
}

function jsonKind(value: JsonValue): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' ? 'number' : typeof value;
}
