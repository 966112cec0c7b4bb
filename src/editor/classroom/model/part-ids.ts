import type { Part } from '../../../lessons/models/picture.ts';

/** Ids of parts and of all that is in them. */
export function idsIn(parts: readonly Part[]): ReadonlySet<string> {
  return new Set(parts.flatMap(({ id, parts: inner }) => [id, ...(inner === undefined ? [] : idsIn(inner))]));
}
