import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, isJsonObject } from '../../../../base/json.ts';
import { updateItems } from '../../defaults/fill-in.ts';
import { whereWritten } from './probe.ts';

/**
 * Selectors of affinity and spreading with the labels of the Pod itself put in, as a create stores them.
 * Source: pkg/registry/core/pod/strategy.go `mutatePodAffinity` and `mutateTopologySpreadConstraints`, 1.36.
 */
export function mergeMatchLabelKeys(spec: JsonObject, labels: ReadonlyMap<string, string>): JsonObject {
  const mergeTerm = (term: JsonObject) => mergeKeys(term, labels);
  const merged = whereWritten(spec, 'affinity', (affinity) =>
    ['podAffinity', 'podAntiAffinity'].reduce(
      (object, field) =>
        whereWritten(object, field, (terms) =>
          updateItems(
            updateItems(terms, 'requiredDuringSchedulingIgnoredDuringExecution', mergeTerm),
            'preferredDuringSchedulingIgnoredDuringExecution',
            (weighted) => whereWritten(weighted, 'podAffinityTerm', mergeTerm),
          ),
        ),
      affinity,
    ),
  );
  return updateItems(merged, 'topologySpreadConstraints', mergeTerm);
}

function mergeKeys(term: JsonObject, labels: ReadonlyMap<string, string>): JsonObject {
  const selector = term['labelSelector'];
  if (!isJsonObject(selector)) return term;
  const added = [
    ...requirements(arrayAt(term, 'matchLabelKeys'), 'In', labels),
    ...requirements(arrayAt(term, 'mismatchLabelKeys'), 'NotIn', labels),
  ];
  if (added.length === 0) return term;
  const matchExpressions = [...arrayAt(selector, 'matchExpressions'), ...added];
  return { ...term, labelSelector: { ...selector, matchExpressions } };
}

function requirements(
  keys: readonly JsonValue[],
  operator: string,
  labels: ReadonlyMap<string, string>,
): readonly JsonObject[] {
  return keys.flatMap((key) => {
    const value = typeof key === 'string' ? labels.get(key) : undefined;
    return value === undefined ? [] : [{ key, operator, values: [value] } as JsonObject];
  });
}
