import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, step } from '../../base/json.ts';
import { addItem, getItem, removeItem, setItem } from './json-patch.list.ts';
import { withKey, withoutKey } from './json-edit.ts';
import { parseJsonPointer } from './json-pointer.ts';
import { PatchError, attempt } from './patch-result.ts';

export type Container = JsonObject | readonly JsonValue[];

/** Where an operation acts: the container, its ancestors from the root down, and the last reference token. */
export interface Target {
  readonly ancestors: readonly { readonly container: Container; readonly key: string }[];
  readonly container: Container;
  readonly key: string;
}

export function locate(root: Container, path: string): Target | undefined {
  const pointer = parseJsonPointer(path);
  if (!pointer) return undefined;
  const ancestors: { container: Container; key: string }[] = [];
  let container = root;
  for (const token of pointer.parents) {
    const next = member(container, token);
    if (next === undefined || !isContainer(next)) return undefined;
    ancestors.push({ container, key: token });
    container = next;
  }
  return { ancestors, container, key: pointer.key };
}

function member(container: Container, token: string): JsonValue | undefined {
  if (isJsonObject(container)) return step(container, token);
  const item = getItem(container, token);
  return item.ok ? item.value : undefined;
}

export function readMember(target: Target, context: string): JsonValue | undefined {
  if (isJsonObject(target.container)) return step(target.container, target.key);
  const item = getItem(target.container, target.key);
  if (!item.ok) throw refuse(`${context}: ${item.message}`);
  return item.value;
}

/** The root with the target's container replaced; only the containers on the way are copied. */
export function edit(target: Target, context: string, change: (container: Container) => Container): Container {
  let next = inContext(context, () => change(target.container));
  for (let level = target.ancestors.length - 1; level >= 0; level -= 1) {
    const { container, key } = target.ancestors[level]!;
    next = isJsonObject(container) ? withKey(container, key, next) : setItem(container, key, next);
  }
  return next;
}

function inContext<T>(context: string, compute: () => T): T {
  const result = attempt(compute);
  if (result.ok) return result.value;
  throw refuse(`${context}: ${result.message}`);
}

export function addMember(container: Container, key: string, value: JsonValue): Container {
  return isJsonObject(container) ? withKey(container, key, value) : addItem(container, key, value);
}

export function removeMember(container: Container, key: string): Container {
  if (!isJsonObject(container)) return removeItem(container, key);
  if (!Object.hasOwn(container, key)) throw refuse(`Unable to remove nonexistent key: ${key}: missing value`);
  return withoutKey(container, key);
}

export function isContainer(value: JsonValue): value is Container {
  return typeof value === 'object' && value !== null;
}

/** A JSON patch that does not apply is answered with 422. */
export function refuse(message: string): PatchError {
  return new PatchError(message, 422);
}
