import { isJsonObject } from '../../base/json.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { KUBECTL_STYLE, blockLines } from '../../manifest/print.ts';

/** What a message carries, as YAML; who owns which field is left out, as kubectl does. */
export function yamlOf(body: unknown): string {
  if (isJsonObject(body)) return blockLines(withoutManagers(body), 0, KUBECTL_STYLE).join('\n');
  return Array.isArray(body) ? blockLines(body as readonly JsonValue[], 0, KUBECTL_STYLE).join('\n') : String(body);
}

function withoutManagers(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata) || metadata['managedFields'] === undefined) return object;
  const { managedFields: _, ...rest } = metadata;
  return { ...object, metadata: rest };
}
