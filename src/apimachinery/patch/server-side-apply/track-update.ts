import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, isJsonObject, stringAt, valueAt } from '../../../base/json.ts';
import { attempt } from '../patch-result.ts';
import { addedFields } from './added-fields.ts';
import { capUpdateManagers } from './cap-managers.ts';
import type { Change } from './compare-typed.ts';
import { changesBetween, comparisonOf } from './compare-typed.ts';
import { typedObject, updaterOptions, writerIdentifier } from './endpoint.ts';
import type { Endpoint, Write } from './endpoint.ts';
import { union } from './field-set.ts';
import { stripIdentityFields } from './identity-fields.ts';
import { NOBODY, decodeManagedFields, withManagedFields, withoutManagedFields } from './managed-fields.ts';
import type { Managed } from './managed-fields.ts';
import type { Managers, VersionedSet } from './managers.ts';
import type { Ownership } from './remembered-managers.ts';
import { makersFields, rememberedOwnership } from './remembered-managers.ts';
import type { TypedValue } from './typed-value.ts';
import { updateManagers } from './updater.ts';

/**
 * The object as it is stored after a create, update or patch: its managedFields say that the writer owns what differs.
 * Never refuses: where ownership cannot be told, managedFields are left out, as the API server does.
 * Source: Update and UpdateNoErrors in apimachinery/pkg/util/managedfields/internal/fieldmanager.go, 1.36.
 */
export function trackUpdate(
  live: JsonObject | undefined,
  next: JsonObject,
  write: Write,
  endpoint: Endpoint,
): JsonObject {
  const plain = withoutManagedFields(next);
  const before = withoutManagedFields(live ?? {});
  const tracked = attempt(() => {
    const managed = managersFor(live ?? {}, next, endpoint.subresource !== '');
    // Upstream starts tracking at creation or at the first apply, not in the middle of an object's life.
    const untracked = managed.fields.size === 0 && (stringAt(live, 'metadata', 'uid') ?? '') !== '';
    return untracked ? plain : withManagedFields(plain, managersAfterUpdate(before, plain, managed, write, endpoint));
  });
  return tracked.ok ? tracked.value : plain;
}

/** A writer may send managedFields along; an empty list, or one empty entry, resets them. */
function managersFor(live: JsonObject, next: JsonObject, ignoresRequest: boolean): Managed {
  const sent = valueAt(next, 'metadata', 'managedFields');
  if (!ignoresRequest && Array.isArray(sent)) {
    const [only] = sent;
    if (sent.length === 0 || (sent.length === 1 && isJsonObject(only) && Object.keys(only).length === 0)) return NOBODY;
    const managed = decodeOrNobody(next);
    if (managed.fields.size > 0) return managed;
  }
  return decodeOrNobody(live);
}

function decodeOrNobody(object: JsonObject): Managed {
  const managed = attempt(() => decodeManagedFields(arrayAt(object, 'metadata', 'managedFields')));
  return managed.ok ? managed.value : NOBODY;
}

/** The managers after a write that is no apply; both objects are given without managedFields. */
export function managersAfterUpdate(
  live: JsonObject,
  next: JsonObject,
  managed: Managed,
  write: Write,
  endpoint: Endpoint,
): Managed {
  const identifier = writerIdentifier(write, 'Update', endpoint);
  if (managed.fields.size === 0 && Object.keys(live).length === 0) {
    const set = addedFields(next, endpoint, () => {
      const made = managersAfterChange(live, next, managed, write, endpoint);
      return made.fields.get(identifier)?.set;
    });
    if (set === undefined) return managed;
    const fields = makersFields(set, identifier, endpoint.apiVersion);
    return { fields, times: new Map([[identifier, write.time]]) };
  }
  return managersAfterChange(live, next, managed, write, endpoint);
}

function managersAfterChange(
  live: JsonObject,
  next: JsonObject,
  managed: Managed,
  write: Write,
  endpoint: Endpoint,
): Managed {
  const identifier = writerIdentifier(write, 'Update', endpoint);
  const before = typedObject(live, endpoint, 'failed to convert live object', true);
  const after = typedObject(next, endpoint, 'failed to convert new object', true);
  const changes = changesBetween(before, after);
  const { fields, hasWritten } = rememberedOwnership(
    managed.fields,
    [before, after],
    changes,
    identifier,
    endpoint,
    () => ownershipAfter(before, after, changes, managed.fields, identifier, endpoint),
  );
  const times = hasWritten ? new Map(managed.times).set(identifier, write.time) : managed.times;
  return capUpdateManagers({ fields, times });
}

function ownershipAfter(
  before: TypedValue,
  after: TypedValue,
  changes: readonly Change[],
  managers: Managers,
  identifier: string,
  endpoint: Endpoint,
): Ownership {
  // Upstream compares under a name of its own, and joins the changes to what the manager owned before.
  const self = 'current-operation';
  const options = updaterOptions(endpoint);
  const compared = updateManagers(before, after, endpoint.apiVersion, managers, self, options, comparisonOf(changes));
  const fields = new Map(stripIdentityFields(compared, self));
  const own = fields.get(self);
  fields.delete(self);
  if (!own) return { fields, hasWritten: false };
  const previous = fields.get(identifier);
  fields.set(identifier, previous ? joined(previous, own) : own);
  return { fields, hasWritten: true };
}

/** What the writer owned before and what it changed now; most write the same fields again. */
function joined(previous: VersionedSet, changes: VersionedSet): VersionedSet {
  const set = union(previous.set, changes.set);
  const isSame = set === previous.set && previous.apiVersion === changes.apiVersion && !previous.applied;
  return isSame ? previous : { ...changes, set };
}
