import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, jsonEqual, step } from '../../base/json.ts';
import { withKey } from './json-edit.ts';
import { jsonByteLength } from './json-byte-length.ts';
import { getItem, setItem } from './json-patch.list.ts';
import { readOperations, stringMember, valueOf } from './json-patch.operation.ts';
import { addMember, edit, isContainer, locate, readMember, refuse, removeMember } from './json-patch.target.ts';
import type { Container } from './json-patch.target.ts';
import { PatchError, attempt } from './patch-result.ts';
import type { PatchResult } from './patch-result.ts';

/** Bytes that the `copy` operations of one patch may add together (apiserver/pkg/server/config.go, 1.36). */
export const MAX_JSON_PATCH_COPY_BYTES = 3 * 1024 * 1024;

/**
 * Applies a JSON patch (RFC 6902) as the API server 1.36 does, with the words and the leniencies of
 * gopkg.in/evanphx/json-patch.v4 4.13: negative indices count from the end, `replace` of a missing key adds it,
 * a missing `value` is null, and null is the same as missing for `test`.
 *
 * 400 for a patch that is no list of operations, 413 for too many, 422 for one that does not apply.
 */
export function applyJsonPatch(
  document: JsonValue,
  patch: JsonValue,
  maxCopyBytes = MAX_JSON_PATCH_COPY_BYTES,
): PatchResult<JsonValue> {
  return attempt(() => {
    const operations = readOperations(patch);
    if (operations.length === 0) return document;
    if (!isContainer(document)) throw new PatchError('document is neither an object nor a list', 400);
    const budget = { maxCopyBytes, copiedBytes: 0 };
    return operations.reduce((current, operation) => applyOperation(current, operation, budget), document);
  });
}

interface CopyBudget {
  readonly maxCopyBytes: number;
  copiedBytes: number;
}

function applyOperation(root: Container, operation: JsonObject, budget: CopyBudget): Container {
  const kind = step(operation, 'op');
  switch (kind) {
    case 'add':
      return add(root, operation);
    case 'remove':
      return remove(root, operation);
    case 'replace':
      return replace(root, operation);
    case 'move':
      return move(root, operation);
    case 'test':
      return test(root, operation);
    case 'copy':
      return copy(root, operation, budget);
    default:
      throw refuse(`Unexpected kind: ${typeof kind === 'string' ? kind : 'unknown'}`);
  }
}

function add(root: Container, operation: JsonObject): Container {
  const path = stringMember(operation, 'path');
  if (path.error !== undefined) throw refuse('add operation failed to decode path: missing value');
  const target = locate(root, path.value);
  if (!target) throw refuse(`add operation does not apply: doc is missing path: "${path.value}": missing value`);
  return edit(target, `error in add for path: '${path.value}'`, (at) => addMember(at, target.key, valueOf(operation)));
}

function remove(root: Container, operation: JsonObject): Container {
  const path = stringMember(operation, 'path');
  if (path.error !== undefined) throw refuse('remove operation failed to decode path: missing value');
  const target = locate(root, path.value);
  if (!target) throw refuse(`remove operation does not apply: doc is missing path: "${path.value}": missing value`);
  return edit(target, `error in remove for path: '${path.value}'`, (at) => removeMember(at, target.key));
}

function replace(root: Container, operation: JsonObject): Container {
  const path = stringMember(operation, 'path');
  if (path.error !== undefined) throw refuse(`replace operation failed to decode path: ${path.error}`);
  const value = valueOf(operation);
  if (path.value === '') {
    if (isContainer(value)) return value;
    throw refuse('replace operation value must be object or array: %!w(<nil>)');
  }
  const target = locate(root, path.value);
  if (!target) throw refuse(`replace operation does not apply: doc is missing path: ${path.value}: missing value`);
  return edit(target, `replace operation does not apply: doc is missing key: ${path.value}`, (at) => {
    if (isJsonObject(at)) return withKey(at, target.key, value);
    if (!getItem(at, target.key).ok) throw refuse('missing value');
    return setItem(at, target.key, value);
  });
}

function move(root: Container, operation: JsonObject): Container {
  const from = stringMember(operation, 'from');
  if (from.error !== undefined) throw refuse(`move operation failed to decode from: ${from.error}`);
  const source = locate(root, from.value);
  if (!source) throw refuse(`move operation does not apply: doc is missing from path: ${from.value}: missing value`);
  const value = readMember(source, `error in move for path: '${source.key}'`);
  const rest = edit(source, `error in move for path: '${source.key}'`, (at) => removeMember(at, source.key));
  const path = stringMember(operation, 'path');
  if (path.error !== undefined) throw refuse(`move operation failed to decode path: ${path.error}`);
  const target = locate(rest, path.value);
  if (!target)
    throw refuse(`move operation does not apply: doc is missing destination path: ${path.value}: missing value`);
  return edit(target, `error in move for path: '${path.value}'`, (at) => addMember(at, target.key, value ?? null));
}

function test(root: Container, operation: JsonObject): Container {
  const path = stringMember(operation, 'path');
  if (path.error !== undefined) throw refuse(`test operation failed to decode path: ${path.error}`);
  const expected = valueOf(operation);
  const failed = refuse(`testing value ${path.value} failed: test failed`);
  if (path.value === '') {
    if (jsonEqual(root, expected)) return root;
    throw failed;
  }
  const target = locate(root, path.value);
  if (!target) throw refuse(`test operation does not apply: is missing path: ${path.value}: missing value`);
  const actual = readMember(target, `error in test for path: '${path.value}'`);
  if (jsonEqual(actual ?? null, expected)) return root;
  throw failed;
}

function copy(root: Container, operation: JsonObject, budget: CopyBudget): Container {
  const from = stringMember(operation, 'from');
  if (from.error !== undefined) throw refuse(`copy operation failed to decode from: ${from.error}`);
  const source = locate(root, from.value);
  if (!source) throw refuse(`copy operation does not apply: doc is missing from path: ${from.value}: missing value`);
  const value = readMember(source, `error in copy for from: '${from.value}'`);
  const path = stringMember(operation, 'path');
  if (path.error !== undefined) throw refuse('copy operation failed to decode path: missing value');
  const target = locate(root, path.value);
  if (!target)
    throw refuse(`copy operation does not apply: doc is missing destination path: ${path.value}: missing value`);
  if (value !== undefined && value !== null) budget.copiedBytes += jsonByteLength(value);
  if (budget.copiedBytes > budget.maxCopyBytes) {
    const limit = `Unable to complete the copy, the accumulated size increase of copy is ${budget.copiedBytes}`;
    throw refuse(`${limit}, exceeding the limit ${budget.maxCopyBytes}`);
  }
  return edit(target, 'error while adding value during copy', (at) => addMember(at, target.key, value ?? null));
}
