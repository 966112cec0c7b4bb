import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { entriesOf, objectOf } from '../json-edit.ts';
import type { Child, FieldSet } from './field-set.ts';
import { EMPTY_SET } from './field-set.ts';
import { comparePathElements, parsePathElement } from './path-element.ts';
import type { PathElement } from './path-element.ts';

const SELF = '.';

/**
 * A field set as `fieldsV1`: `{"f:spec":{"f:replicas":{}}}`; `.` marks an element that is a member and has children.
 * Source: fieldpath/serialize.go of sigs.k8s.io/structured-merge-diff/v6.
 */
export function toFieldsV1(set: FieldSet): JsonObject {
  let fields = encoded.get(set);
  if (fields === undefined) encoded.set(set, (fields = encodeLevel(set, false)));
  return fields;
}

/** Most sets of an object stay the same from one write to the next. */
const encoded = new WeakMap<FieldSet, JsonObject>();

function encodeLevel(set: FieldSet, includeSelf: boolean): JsonObject {
  const elements = new Map<string, PathElement>(set.members);
  for (const [id, { element }] of set.children) elements.set(id, element);
  const entries: [string, JsonValue][] = includeSelf && elements.size > 0 ? [[SELF, {}]] : [];
  for (const element of [...elements.values()].sort(comparePathElements)) {
    const child = set.children.get(element.id);
    entries.push([element.id, child ? encodeLevel(child.set, set.members.has(element.id)) : {}]);
  }
  return objectOf(entries);
}

/** Undefined where a key is malformed; elements of an unknown kind are skipped. */
export function fromFieldsV1(fields: JsonValue | undefined): FieldSet | undefined {
  if (fields === undefined || fields === null) return EMPTY_SET;
  return isJsonObject(fields) ? readLevel(fields)?.set : undefined;
}

function readLevel(fields: JsonObject): { set: FieldSet; isMember: boolean } | undefined {
  const members = new Map<string, PathElement>();
  const children = new Map<string, Child>();
  let isMember = false;
  for (const [key, value] of entriesOf(fields)) {
    if (key === SELF) {
      isMember = true;
      continue;
    }
    const element = parsePathElement(key);
    if (element === 'unknown') continue;
    const inner = isJsonObject(value) ? readLevel(value) : undefined;
    if (!element || !inner) return undefined;
    if (inner.isMember) members.set(element.id, element);
    if (inner.set.members.size > 0 || inner.set.children.size > 0)
      children.set(element.id, { element, set: inner.set });
  }
  return { set: { members, children }, isMember: isMember || (members.size === 0 && children.size === 0) };
}
