import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { entriesOf, objectOf } from '../json-edit.ts';
import { hasDirective } from './directives.ts';

/** The value without the objects that are marked `$patch`; undefined where it is marked itself. */
export function removeDirectives(value: JsonValue): JsonValue | undefined {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => keepDefined(removeDirectives(item)));
  if (!isJsonObject(value)) return value;
  if (hasDirective(value)) return undefined;
  return objectOf(
    entriesOf(value).flatMap(([key, item]) => keepDefined(removeDirectives(item)).map((kept) => [key, kept] as const)),
  );
}

function keepDefined(value: JsonValue | undefined): readonly JsonValue[] {
  return value === undefined ? [] : [value];
}
