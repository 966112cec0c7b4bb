import type { JsonObject } from '../../base/json.ts';

/** `metadata` of a new object; the namespace is left out where none is given. */
export function newMetadata(name: string, namespace?: string): JsonObject {
  return namespace === undefined ? { name } : { name, namespace };
}
