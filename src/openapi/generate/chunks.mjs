// Decides which chunk a type goes to: a group's own, or the shared one of its group where other groups use it too.
import { groupOfTypeId } from './type-id.mjs';

/** @param {string} group @returns {string} the chunk's file name; `core` for the core group */
export const chunkOfGroup = (group) => (group === '' ? 'core' : group);

/**
 * @param {Map<string, {refs: Set<string>, isKind: boolean}>} types
 * @returns {{chunks: Map<string, string[]>, needs: Map<string, string[]>}} type ids by chunk, and for each group the
 *   chunks to load, what others build on first
 */
export function planChunks(types) {
  const users = new Map();
  for (const [id, type] of types) if (type.isKind && !isList(id)) reach(id, groupOfTypeId(id), types, users);
  const chunks = new Map();
  const needs = new Map();
  for (const [id, groups] of [...users].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const chunk = chunkOfType(id, groups);
    chunks.set(chunk, [...(chunks.get(chunk) ?? []), id]);
    for (const group of groups) needs.set(group, (needs.get(group) ?? new Set()).add(chunk));
  }
  return {
    chunks,
    needs: new Map(
      [...needs].map(([group, set]) => [group, [...set].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1))]),
    ),
  };
}

/** What others build on comes first. */
const order = (chunk) => (chunk === 'meta' ? 0 : chunk.endsWith('.shared') ? 1 : 2);

/** Lists are unfolded when manifests are read. */
const isList = (id) => /[a-z]List$/.test(id);

function reach(id, group, types, users) {
  const groups = users.get(id) ?? new Set();
  if (groups.has(group)) return;
  users.set(id, groups.add(group));
  for (const ref of types.get(id).refs) reach(ref, group, types, users);
}

function chunkOfType(id, groups) {
  const home = groupOfTypeId(id);
  if (home === 'meta') return 'meta';
  return groups.size > 1 || !groups.has(home) ? `${chunkOfGroup(home)}.shared` : chunkOfGroup(home);
}
