import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, objectAt } from '../../../base/json.ts';

/** As the tables leave out what is nothing. */
export function withoutNothing(value: JsonObject): JsonObject {
  const isNothing = (part: JsonValue | undefined) =>
    part === false ||
    part === 0 ||
    part === '' ||
    (Array.isArray(part) && part.length === 0) ||
    (isJsonObject(part) && Object.keys(part).length === 0);
  return Object.fromEntries(Object.entries(value).filter(([, part]) => !isNothing(part)));
}

/** Without times and ids, which the tables do not compare. */
export function ended(state: JsonValue | undefined): JsonObject {
  return Object.fromEntries(
    Object.entries(objectAt(state) ?? {}).map(([word, value]) => {
      const { startedAt: _startedAt, finishedAt: _finishedAt, containerID: _id, ...rest } = objectAt(value) ?? {};
      return [word, withoutNothing(rest)];
    }),
  );
}
