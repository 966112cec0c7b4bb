import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, isJsonObject, step, stringAt } from '../../../base/json.ts';
import { compareStrings } from '../../../base/compare.ts';
import { PatchError } from '../patch-result.ts';
import { fromFieldsV1, toFieldsV1 } from './fields-v1.ts';
import { toGoJson } from './go-json.ts';
import type { VersionedSet } from './managers.ts';

/** The managers of an object, and when each wrote last (RFC 3339, seconds, UTC); undefined where an entry has no time. */
export interface Managed {
  readonly fields: ReadonlyMap<string, VersionedSet>;
  readonly times: ReadonlyMap<string, string | undefined>;
}

export const NOBODY: Managed = { fields: new Map(), times: new Map() };

/** Who writes, through which endpoint. An applier is one manager whatever version it applies. */
export interface ManagerInfo {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** '' for the main resource. */
  readonly subresource: string;
}

/**
 * The identifier of a manager, under which its fields are kept; a JSON text as upstream's, whose order messages follow.
 * Source: BuildManagerIdentifier in apimachinery/pkg/util/managedfields/internal/managedfields.go, 1.36.
 */
export function managerIdentifier(info: ManagerInfo): string {
  const { manager, operation, apiVersion, subresource } = info;
  const key = `${manager} ${operation} ${apiVersion} ${subresource}`;
  let identifier = written.get(key);
  if (identifier === undefined) {
    identifier = writeIdentifier(info);
    if (written.size < MOST_IDENTIFIERS) written.set(key, identifier);
  }
  return identifier;
}

function writeIdentifier({ manager, operation, apiVersion, subresource }: ManagerInfo): string {
  const parts: [string, string][] = [
    ['manager', manager],
    ['operation', operation],
  ];
  if (operation === 'Update') parts.push(['apiVersion', apiVersion]);
  parts.push(['subresource', subresource]);
  const members = parts
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${toGoJson(key)}:${toGoJson(value)}`);
  return `{${members.join(',')}}`;
}

export function parseManagerIdentifier(identifier: string): ManagerInfo {
  let info = identifiers.get(identifier);
  if (info === undefined) {
    info = readIdentifier(identifier);
    if (identifiers.size < MOST_IDENTIFIERS) identifiers.set(identifier, info);
  }
  return info;
}

/** The same few managers write again and again; no operation or version has a space in it. */
const written = new Map<string, string>();
const identifiers = new Map<string, ManagerInfo>();
const MOST_IDENTIFIERS = 1000;

function readIdentifier(identifier: string): ManagerInfo {
  const parts = JSON.parse(identifier) as JsonValue;
  return {
    manager: stringAt(parts, 'manager') ?? '',
    operation: stringAt(parts, 'operation') === 'Apply' ? 'Apply' : 'Update',
    apiVersion: stringAt(parts, 'apiVersion') ?? '',
    subresource: stringAt(parts, 'subresource') ?? '',
  };
}

/** Reads `metadata.managedFields`; throws a PatchError in upstream's words where an entry is malformed. */
export function decodeManagedFields(entries: readonly JsonValue[]): Managed {
  return decoded.get(entries) ?? readManagedFields(entries);
}

/** Entries that were made here, and what they were made of: written and read again, an object is not decoded anew. */
const decoded = new WeakMap<readonly JsonValue[], Managed>();

function readManagedFields(entries: readonly JsonValue[]): Managed {
  const fields = new Map<string, VersionedSet>();
  const times = new Map<string, string | undefined>();
  for (const [index, entry] of entries.entries()) {
    const info = readEntry(entry, index);
    const set = fromFieldsV1(step(entry, 'fieldsV1'));
    if (!set) throw new PatchError(`error decoding versioned set from entry ${index}: error decoding set`);
    const identifier = managerIdentifier(info);
    fields.set(identifier, { set, apiVersion: info.apiVersion, applied: info.operation === 'Apply' });
    times.set(identifier, stringAt(entry, 'time'));
  }
  return { fields, times };
}

function readEntry(entry: JsonValue, index: number): ManagerInfo {
  const operation = stringAt(entry, 'operation');
  if (operation !== 'Apply' && operation !== 'Update') throw new PatchError('operation must be `Apply` or `Update`');
  const apiVersion = stringAt(entry, 'apiVersion') ?? '';
  if (apiVersion === '') throw new PatchError('apiVersion must not be empty');
  const fieldsType = stringAt(entry, 'fieldsType') ?? '';
  if (fieldsType === '') throw new PatchError(`missing fieldsType in managed fields entry ${index}`);
  if (fieldsType !== 'FieldsV1') {
    throw new PatchError(`invalid fieldsType ${JSON.stringify(fieldsType)} in managed fields entry ${index}`);
  }
  return {
    manager: stringAt(entry, 'manager') ?? '',
    operation,
    apiVersion,
    subresource: stringAt(entry, 'subresource') ?? '',
  };
}

/** The entries as the API server writes them: appliers first, then by time, manager, version and subresource. */
export function encodeManagedFields(managed: Managed): readonly JsonObject[] {
  const { fields, times } = managed;
  const entries = [...fields]
    .map(([identifier, owned]) => entryOf(identifier, owned, times.get(identifier)))
    .sort(compareEntries);
  decoded.set(entries, managed);
  return entries;
}

/** Whoever does not write keeps the entry that stands there. */
function entryOf(identifier: string, owned: VersionedSet, time: string | undefined): JsonObject {
  const before = made.get(owned);
  if (before?.identifier === identifier && before.time === time) return before.entry;
  const isLater = before?.identifier === identifier && before.time !== undefined && time !== undefined;
  const entry = isLater ? { ...before.entry, time } : encodeEntry(identifier, owned, time);
  made.set(owned, { identifier, time, entry });
  return entry;
}

interface MadeEntry {
  readonly identifier: string;
  readonly time: string | undefined;
  readonly entry: JsonObject;
}

const made = new WeakMap<VersionedSet, MadeEntry>();

function encodeEntry(
  identifier: string,
  { set, apiVersion, applied }: VersionedSet,
  time: string | undefined,
): JsonObject {
  const { manager, operation, subresource } = parseManagerIdentifier(identifier);
  return {
    ...(manager === '' ? {} : { manager }),
    operation: applied ? 'Apply' : operation,
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: toFieldsV1(set),
    ...(subresource === '' ? {} : { subresource }),
  };
}

const ORDER = ['operation', 'time', 'manager', 'apiVersion', 'subresource'] as const;

function compareEntries(a: JsonObject, b: JsonObject): number {
  for (const key of ORDER) {
    const order = compareStrings(stringAt(a, key) ?? '', stringAt(b, key) ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** The object as if that manager had just written again what it owns; the same where it owns nothing. */
export function withWriteTime<T extends JsonObject>(object: T, writer: ManagerInfo, time: string): T {
  const managed = decodeManagedFields(arrayAt(object, 'metadata', 'managedFields'));
  const identifier = managerIdentifier(writer);
  if (!managed.fields.has(identifier)) return object;
  return withManagedFields(object, { fields: managed.fields, times: new Map(managed.times).set(identifier, time) });
}

/** The object without `metadata.managedFields`. */
export function withoutManagedFields<T extends JsonObject>(object: T): T {
  const metadata = step(object, 'metadata');
  if (!isJsonObject(metadata) || !Object.hasOwn(metadata, 'managedFields')) return object;
  const { managedFields: _removed, ...rest } = metadata;
  return { ...object, metadata: rest };
}

/** The object with these managers in place of its own; none leave no list at all. */
export function withManagedFields<T extends JsonObject>(object: T, managed: Managed): T {
  const entries = encodeManagedFields(managed);
  if (entries.length === 0) return withoutManagedFields(object);
  const metadata = step(object, 'metadata');
  return { ...object, metadata: { ...(isJsonObject(metadata) ? metadata : {}), managedFields: entries } };
}
