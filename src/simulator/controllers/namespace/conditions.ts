import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';

/** A condition of a Namespace that is being deleted, without its time. */
export interface DeletionCondition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** What is left of the content: how many objects by resource (`deployments.apps`), and how many by finalizer. */
export interface Remaining {
  readonly byResource: ReadonlyMap<string, number>;
  readonly byFinalizer: ReadonlyMap<string, number>;
}

/**
 * What the conditions say where nothing is wrong, in their order.
 * Source: pkg/controller/namespace/deletion/status_condition_utils.go `conditionTypes`, `okMessages`, `okReasons`, 1.36.
 */
const FINE: readonly DeletionCondition[] = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  ['NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'],
  [
    'NamespaceDeletionContentFailure',
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ],
  ['NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'],
  ['NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
].map(([type = '', reason = '', message = '']) => ({ type, status: 'False', reason, message }));

/** Source: status_condition_utils.go `ProcessContentTotals`, 1.36. */
export function remainingConditions({ byResource, byFinalizer }: Remaining): readonly DeletionCondition[] {
  const found: DeletionCondition[] = [];
  if (byResource.size > 0) {
    const text = listed(byResource, (name, count) => `${name} has ${count} resource instances`);
    const message = `Some resources are remaining: ${text}`;
    found.push({ type: 'NamespaceContentRemaining', status: 'True', reason: 'SomeResourcesRemain', message });
  }
  if (byFinalizer.size > 0) {
    const text = listed(byFinalizer, (name, count) => `${name} in ${count} resource instances`);
    const message = `Some content in the namespace has finalizers remaining: ${text}`;
    found.push({ type: 'NamespaceFinalizersRemaining', status: 'True', reason: 'SomeFinalizersRemain', message });
  }
  return found;
}

function listed(left: ReadonlyMap<string, number>, words: (name: string, count: number) => string): string {
  return [...left]
    .filter(([, count]) => count > 0)
    .map(([name, count]) => words(name, count))
    .sort()
    .join(', ');
}

/** Source: status_condition_utils.go `makeDeleteContentCondition`, 1.36. */
export function failureConditions(errors: readonly string[]): readonly DeletionCondition[] {
  if (errors.length === 0) return [];
  const message = `Failed to delete all resource types, ${errors.length} remaining: ${errors.toSorted().join(', ')}`;
  return [{ type: 'NamespaceDeletionContentFailure', status: 'True', reason: 'ContentDeletionFailed', message }];
}

/** The conditions of a status after a look; undefined where they stay. Source: status_condition_utils.go `updateConditions`, 1.36. */
export function updatedConditions(
  before: readonly JsonValue[],
  found: readonly DeletionCondition[],
  now: string,
): readonly JsonValue[] | undefined {
  const after = [...before];
  let hasChanged = false;
  for (const fine of FINE) {
    const wanted: DeletionCondition = found.find(({ type }) => type === fine.type) ?? fine;
    const at = after.findIndex((condition) => stringAt(condition, 'type') === fine.type);
    const old = after[at];
    const isSame = (['status', 'reason', 'message'] as const).every((field) => stringAt(old, field) === wanted[field]);
    if (old !== undefined && isSame) continue;
    hasChanged = true;
    const since = stringAt(old, 'status') === wanted.status ? (stringAt(old, 'lastTransitionTime') ?? now) : now;
    const condition: JsonObject = { ...wanted, lastTransitionTime: since };
    if (old === undefined) after.push(condition);
    else after[at] = condition;
  }
  return hasChanged ? after : undefined;
}
