import type { JsonObject, JsonValue } from '../../../base/json.ts';
import type { PatchResult } from '../patch-result.ts';
import { attempt } from '../patch-result.ts';
import { difference, fieldSetOf, hasPath, isEmptySet } from './field-set.ts';
import { decodeManagedFields, encodeManagedFields } from './managed-fields.ts';
import type { VersionedSet } from './managers.ts';
import { fieldElement } from './path-element.ts';
import type { FieldPath } from './path-element.ts';

const SCALE_API_VERSION = 'autoscaling/v1';
const SCALE_REPLICAS: FieldPath = [fieldElement('spec'), fieldElement('replicas')];

/** Where each version of a kind keeps its replicas; undefined for a version that has no scale subresource. */
export type ReplicasPaths = ReadonlyMap<string, FieldPath | undefined>;

/**
 * The managedFields of a Scale: those managers of its parent that own the replicas.
 * Source: apimachinery/pkg/util/managedfields/scalehandler.go, 1.36.
 */
export function managedFieldsOfScale(
  parent: readonly JsonValue[],
  paths: ReplicasPaths,
): PatchResult<readonly JsonObject[]> {
  return attempt(() => {
    const { fields, times } = decodeManagedFields(parent);
    const own = new Map<string, VersionedSet>();
    for (const [manager, { set, apiVersion, applied }] of fields) {
      const path = paths.get(apiVersion);
      if (!path || !hasPath(set, path)) continue;
      own.set(manager, { set: fieldSetOf(SCALE_REPLICAS), apiVersion: SCALE_API_VERSION, applied });
    }
    return encodeManagedFields({ fields: own, times });
  });
}

/** The managedFields of the parent after its Scale was written through `apiVersion` of the parent. */
export function managedFieldsOfScaled(
  parent: readonly JsonValue[],
  scale: readonly JsonValue[],
  apiVersion: string,
  paths: ReplicasPaths,
): PatchResult<readonly JsonObject[]> {
  return attempt(() => {
    const before = decodeManagedFields(parent);
    const scaled = new Map(decodeManagedFields(scale).fields);
    const fields = new Map<string, VersionedSet>();
    for (const [manager, owned] of before.fields) {
      if (!paths.has(owned.apiVersion)) continue;
      const path = paths.get(owned.apiVersion);
      if (!path || !hasPath(owned.set, path)) fields.set(manager, owned);
      else if (scaled.delete(manager)) fields.set(manager, owned);
      else {
        const set = difference(owned.set, fieldSetOf(path));
        if (!isEmptySet(set)) fields.set(manager, { ...owned, set });
      }
    }
    const target = paths.get(apiVersion);
    for (const [manager, { set, applied }] of scaled) {
      if (!target || !hasPath(set, SCALE_REPLICAS)) continue;
      fields.set(manager, { set: fieldSetOf(target), apiVersion, applied });
    }
    return encodeManagedFields({ fields, times: before.times });
  });
}
