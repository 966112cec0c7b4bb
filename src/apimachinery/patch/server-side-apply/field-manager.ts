import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, isJsonObject, stringAt, valueAt } from '../../../base/json.ts';
import { PatchError } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { capUpdateManagers } from './cap-managers.ts';
import { describeConflicts } from './conflict-message.ts';
import type { ConflictCause } from './conflict-message.ts';
import type { FieldSet } from './field-set.ts';
import { difference, fieldSetOf, isEmptySet, recursiveDifference, union } from './field-set.ts';
import { conflictsNotLastApplied, refreshLastApplied } from './last-applied.ts';
import type { Managed } from './managed-fields.ts';
import {
  NOBODY,
  decodeManagedFields,
  managerIdentifier,
  withManagedFields,
  withoutManagedFields,
} from './managed-fields.ts';
import { fieldElement } from './path-element.ts';
import type { TypedValue } from './typed-value.ts';
import { OwnershipConflict, applyConfig, updateManagers } from './updater.ts';
import type { UpdaterOptions } from './updater.ts';
import { formatTypedErrors, validateTyped } from './validate-typed.ts';

/** The endpoint through which an object is written. */
export interface Endpoint {
  readonly schema: PatchSchema;
  readonly apiVersion: string;
  readonly kind: string;
  /** `status`, `scale`; '' for the main resource. */
  readonly subresource: string;
  /** The object and schema at another version of its kind; without it only `apiVersion` is known. */
  readonly convert?: (object: JsonValue | undefined, apiVersion: string) => TypedValue | undefined;
  /** Fields that nobody may own through this endpoint; the main resource resets `status`. */
  readonly resetFields?: FieldSet;
}

/** Who writes, and when: RFC 3339, seconds, UTC (`2026-01-02T03:04:05Z`). */
export interface Write {
  readonly manager: string;
  readonly time: string;
}

export type ApplyResult =
  | { readonly ok: true; readonly object: JsonObject; readonly changed: boolean }
  | {
      readonly ok: false;
      readonly code: 400 | 409 | 500;
      readonly message: string;
      readonly causes: readonly ConflictCause[];
    };

/**
 * Server-side apply: the live object after this configuration, its managedFields with it, or the API server's refusal.
 * `live` is undefined where the object does not exist yet. Defaults are the caller's, before the object is stored.
 * Source: apimachinery/pkg/util/managedfields/internal/fieldmanager.go and the managers that it nests, 1.36.
 */
export function applyConfiguration(
  live: JsonObject | undefined,
  config: JsonObject,
  write: Write & { readonly force?: boolean },
  endpoint: Endpoint,
): ApplyResult {
  try {
    requireApplicable(config, endpoint);
    const before = live ?? {};
    const managed = decode(before, 'failed to decode managed fields: ');
    const force = write.force ?? false;
    let applied = tryApply(before, config, managed, write, force, endpoint);
    if ('conflicts' in applied && write.manager === 'kubectl') {
      const conflicts = conflictsNotLastApplied(applied.conflicts, before, endpoint);
      applied = conflicts.size === 0 ? tryApply(before, config, managed, write, true, endpoint) : { conflicts };
    }
    if ('conflicts' in applied) return { ok: false, code: 409, ...describeConflicts(applied.conflicts) };
    const object = refreshLastApplied(applied.object, config, write.manager);
    return { ok: true, object: withManagedFields(object, applied.managed), changed: applied.changed };
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return { ok: false, code: error.code === 400 ? 400 : 500, message: error.message, causes: [] };
  }
}

/**
 * The object as it is stored after a create, update or patch: its managedFields say that the writer owns what differs.
 * Never refuses: where ownership cannot be told, managedFields are left out, as the API server does.
 */
export function trackUpdate(
  live: JsonObject | undefined,
  next: JsonObject,
  write: Write,
  endpoint: Endpoint,
): JsonObject {
  const plain = withoutManagedFields(next);
  try {
    const managed = managersFor(live ?? {}, next, endpoint.subresource !== '');
    // Upstream starts tracking at creation or at the first apply, not in the middle of an object's life.
    const untracked = managed.fields.size === 0 && (stringAt(live, 'metadata', 'uid') ?? '') !== '';
    return untracked ? plain : withManagedFields(plain, track(live ?? {}, plain, managed, write, endpoint));
  } catch (error) {
    if (error instanceof PatchError) return plain;
    throw error;
  }
}

function requireApplicable(config: JsonObject, { apiVersion, kind }: Endpoint): void {
  const version = stringAt(config, 'apiVersion') ?? '';
  const ownKind = stringAt(config, 'kind') ?? '';
  if (version !== apiVersion || ownKind !== kind) {
    throw new PatchError(`invalid object type: ${version}, Kind=${ownKind}`, 400);
  }
  const own = valueAt(config, 'metadata', 'managedFields');
  if (own !== undefined && own !== null) throw new PatchError('metadata.managedFields must be nil', 400);
}

function decode(object: JsonObject, context: string): Managed {
  try {
    return decodeManagedFields(arrayAt(object, 'metadata', 'managedFields'));
  } catch (error) {
    if (error instanceof PatchError) throw new PatchError(context + error.message);
    throw error;
  }
}

/** A writer may send managedFields along; an empty list, or one empty entry, resets them. */
function managersFor(live: JsonObject, next: JsonObject, ignoresRequest: boolean): Managed {
  const sent = valueAt(next, 'metadata', 'managedFields');
  if (!ignoresRequest && Array.isArray(sent)) {
    if (sent.length === 0 || (sent.length === 1 && isJsonObject(sent[0]) && Object.keys(sent[0]).length === 0))
      return NOBODY;
    const managed = decodeOrNobody(next);
    if (managed.fields.size > 0) return managed;
  }
  return decodeOrNobody(live);
}

function decodeOrNobody(object: JsonObject): Managed {
  try {
    return decode(object, '');
  } catch (error) {
    if (error instanceof PatchError) return NOBODY;
    throw error;
  }
}

type Attempt =
  | { readonly object: JsonObject; readonly managed: Managed; readonly changed: boolean }
  | { readonly conflicts: ReadonlyMap<string, FieldSet> };

/** The name under which fields stand that an object had before anyone applied it. */
const BEFORE_FIRST_APPLY = 'before-first-apply';

function tryApply(
  live: JsonObject,
  config: JsonObject,
  known: Managed,
  write: Write,
  force: boolean,
  endpoint: Endpoint,
): Attempt {
  const first = { manager: BEFORE_FIRST_APPLY, time: write.time };
  const managed = known.fields.size > 0 ? known : track({}, live, known, first, endpoint);
  const identifier = managerIdentifier({ ...identityOf(write, endpoint), operation: 'Apply' });
  const configTyped = typed(config, endpoint, 'failed to create typed patch object', false);
  const liveTyped = typed(live, endpoint, 'failed to create typed live object', true);
  try {
    const { apiVersion } = endpoint;
    const result = applyConfig(
      liveTyped,
      configTyped,
      apiVersion,
      managed.fields,
      identifier,
      force,
      updaterOptions(endpoint),
    );
    const fields = stripMetadata(result.managers, identifier);
    const value = result.object?.value;
    if (!isJsonObject(value))
      return { object: withoutManagedFields(live), managed: { fields, times: managed.times }, changed: false };
    return {
      object: value,
      managed: { fields, times: new Map(managed.times).set(identifier, write.time) },
      changed: true,
    };
  } catch (error) {
    if (error instanceof OwnershipConflict) return { conflicts: error.conflicts };
    throw error;
  }
}

/** The managers after a write that is no apply. */
function track(live: JsonObject, next: JsonObject, managed: Managed, write: Write, endpoint: Endpoint): Managed {
  const identifier = managerIdentifier({ ...identityOf(write, endpoint), operation: 'Update' });
  const before = typed(live, endpoint, 'failed to convert live object', true);
  const after = typed(next, endpoint, 'failed to convert new object', true);
  // Upstream compares under a name of its own, and joins the changes to what the manager owned before.
  const self = 'current-operation';
  const compared = updateManagers(before, after, endpoint.apiVersion, managed.fields, self, updaterOptions(endpoint));
  const fields = new Map(stripMetadata(compared, self));
  const changes = fields.get(self);
  fields.delete(self);
  if (!changes) return capUpdateManagers({ fields, times: managed.times });
  const previous = fields.get(identifier);
  fields.set(identifier, previous ? { ...changes, set: union(changes.set, previous.set) } : changes);
  return capUpdateManagers({ fields, times: new Map(managed.times).set(identifier, write.time) });
}

function identityOf(
  { manager }: Write,
  { apiVersion, subresource }: Endpoint,
): { manager: string; apiVersion: string; subresource: string } {
  return { manager: manager === '' ? 'unknown' : manager, apiVersion, subresource };
}

function typed(object: JsonObject, endpoint: Endpoint, context: string, allowDuplicates: boolean): TypedValue {
  const errors = validateTyped(object, endpoint.schema, allowDuplicates);
  if (errors.length === 0) return { value: object, schema: endpoint.schema };
  const name = `${stringAt(object, 'metadata', 'namespace') ?? ''}/${stringAt(object, 'metadata', 'name') ?? ''}`;
  const kind = `${stringAt(object, 'apiVersion') ?? ''}, Kind=${stringAt(object, 'kind') ?? ''}`;
  throw new PatchError(`${context} (${name}; ${kind}): ${formatTypedErrors(errors)}`);
}

function updaterOptions({ schema, apiVersion, convert, resetFields }: Endpoint): UpdaterOptions {
  const sameVersion = (value: TypedValue, version: string): TypedValue | undefined =>
    version === apiVersion ? value : undefined;
  return {
    convert: (value, version) =>
      convert && value.schema
        ? convertAt(value, version, convert, { schema, apiVersion })
        : sameVersion(value, version),
    ...(resetFields ? { filter: (set: FieldSet) => recursiveDifference(set, resetFields) } : {}),
  };
}

/** An object says its version itself; it is converted only where another one is asked for. */
function convertAt(
  value: TypedValue,
  version: string,
  convert: NonNullable<Endpoint['convert']>,
  own: { readonly schema: PatchSchema; readonly apiVersion: string },
): TypedValue | undefined {
  const current = stringAt(value.value, 'apiVersion') ?? own.apiVersion;
  return current === version ? value : convert(value.value, version);
}

/** Fields that say which object it is belong to nobody. Source: managedfields/internal/stripmeta.go, 1.36. */
const IDENTITY_FIELDS = fieldSetOf(
  ...['apiVersion', 'kind', 'metadata'].map((name) => [fieldElement(name)]),
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => [fieldElement('metadata'), fieldElement(name)]),
);

function stripMetadata(managers: Managed['fields'], identifier: string): Managed['fields'] {
  const owned = managers.get(identifier);
  if (!owned) return managers;
  const set = difference(owned.set, IDENTITY_FIELDS);
  const result = new Map(managers);
  if (isEmptySet(set)) result.delete(identifier);
  else result.set(identifier, { ...owned, set });
  return result;
}
