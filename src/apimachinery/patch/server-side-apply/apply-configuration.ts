import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, isJsonObject, stringAt, valueAt } from '../../../base/json.ts';
import { PatchError, attempt } from '../patch-result.ts';
import { describeConflicts } from './conflict-message.ts';
import type { ConflictCause } from './conflict-message.ts';
import { kindInWords, typedObject, updaterOptions, writerIdentifier } from './endpoint.ts';
import type { Endpoint, Write } from './endpoint.ts';
import type { FieldSet } from './field-set.ts';
import { stripIdentityFields } from './identity-fields.ts';
import { conflictsNotLastApplied, refreshLastApplied } from './last-applied.ts';
import { decodeManagedFields, withManagedFields, withoutManagedFields } from './managed-fields.ts';
import type { Managed } from './managed-fields.ts';
import { managersAfterUpdate } from './track-update.ts';
import { OwnershipConflict, applyConfig } from './updater.ts';

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
  const result = attempt(() => applyOrRefuse(live, config, write, endpoint));
  if (result.ok) return result.value;
  return { ok: false, code: result.code === 400 ? 400 : 500, message: result.message, causes: [] };
}

function applyOrRefuse(
  live: JsonObject | undefined,
  config: JsonObject,
  write: Write & { readonly force?: boolean },
  endpoint: Endpoint,
): ApplyResult {
  requireApplicable(config, endpoint);
  const managed = decode(live ?? {});
  // Nobody owns managedFields, so the object is compared without them.
  const before = withoutManagedFields(live ?? {});
  let applied = tryApply(before, config, managed, write, write.force ?? false, endpoint);
  if ('conflicts' in applied && write.manager === 'kubectl') {
    const conflicts = conflictsNotLastApplied(applied.conflicts, before, endpoint);
    applied = conflicts.size === 0 ? tryApply(before, config, managed, write, true, endpoint) : { conflicts };
  }
  if ('conflicts' in applied) return { ok: false, code: 409, ...describeConflicts(applied.conflicts) };
  const object = refreshLastApplied(applied.object, config, write.manager);
  return { ok: true, object: withManagedFields(object, applied.managed), changed: applied.changed };
}

function requireApplicable(config: JsonObject, { apiVersion, kind }: Endpoint): void {
  const version = stringAt(config, 'apiVersion') ?? '';
  const ownKind = stringAt(config, 'kind') ?? '';
  if (version !== apiVersion || ownKind !== kind) {
    throw new PatchError(`invalid object type: ${kindInWords(version, ownKind)}`, 400);
  }
  const own = valueAt(config, 'metadata', 'managedFields');
  if (own !== undefined && own !== null) throw new PatchError('metadata.managedFields must be nil', 400);
}

function decode(object: JsonObject): Managed {
  const managed = attempt(() => decodeManagedFields(arrayAt(object, 'metadata', 'managedFields')));
  if (managed.ok) return managed.value;
  throw new PatchError(`failed to decode managed fields: ${managed.message}`, managed.code);
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
  const managed = known.fields.size > 0 ? known : managersAfterUpdate({}, live, known, first, endpoint);
  const identifier = writerIdentifier(write, 'Apply', endpoint);
  const configTyped = typedObject(config, endpoint, 'failed to create typed patch object', false);
  const liveTyped = typedObject(live, endpoint, 'failed to create typed live object', true);
  try {
    const options = updaterOptions(endpoint);
    const result = applyConfig(liveTyped, configTyped, endpoint.apiVersion, managed.fields, identifier, force, options);
    const fields = stripIdentityFields(result.managers, identifier);
    const object = result.object?.value;
    // An apply that changes nothing leaves even its own time as it was.
    if (!isJsonObject(object)) return { object: live, managed: { fields, times: managed.times }, changed: false };
    return { object, managed: { fields, times: new Map(managed.times).set(identifier, write.time) }, changed: true };
  } catch (error) {
    if (error instanceof OwnershipConflict) return { conflicts: error.conflicts };
    throw error;
  }
}
