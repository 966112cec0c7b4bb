import { compareStrings } from '../../../base/compare.ts';
import { union } from './field-set.ts';
import type { Managed } from './managed-fields.ts';
import { managerIdentifier } from './managed-fields.ts';

/** How many managers that do not apply an object may have. */
export const MAX_UPDATE_MANAGERS = 10;

/** The name under which the oldest managers are put together. */
const OLD_UPDATES = 'ancient-changes';

/**
 * Joins the oldest update managers, version by version, until no more than the maximum are left.
 * Source: apimachinery/pkg/util/managedfields/internal/capmanagers.go, 1.36.
 */
export function capUpdateManagers(managed: Managed, maximum = MAX_UPDATE_MANAGERS): Managed {
  if (managed.fields.size <= maximum) return managed;
  const timeOf = (manager: string): string => managed.times.get(manager) ?? '';
  const updaters = [...managed.fields.keys()]
    .filter((manager) => !managed.fields.get(manager)!.applied)
    .sort((a, b) => compareStrings(timeOf(a), timeOf(b)) || compareStrings(a, b));
  let excess = updaters.length - maximum;
  if (excess <= 0) return managed;
  const fields = new Map(managed.fields);
  const times = new Map(managed.times);
  const firstOfVersion = new Map<string, string>();
  for (const manager of updaters) {
    if (excess <= 0) break;
    const owned = managed.fields.get(manager)!;
    const first = firstOfVersion.get(owned.apiVersion);
    if (first === undefined) {
      firstOfVersion.set(owned.apiVersion, manager);
      continue;
    }
    const bucket = managerIdentifier({
      manager: OLD_UPDATES,
      operation: 'Update',
      apiVersion: owned.apiVersion,
      subresource: '',
    });
    const joined = fields.get(bucket) ?? fields.get(first)!;
    if (!fields.has(bucket)) fields.delete(first);
    fields.delete(manager);
    fields.set(bucket, { ...owned, set: union(owned.set, joined.set) });
    times.set(bucket, times.get(manager));
    excess -= 1;
  }
  return { fields, times };
}
