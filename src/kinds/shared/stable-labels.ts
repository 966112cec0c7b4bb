import { compareStrings } from '../../base/compare.ts';
import type { JsonObject } from '../../base/json.ts';

/**
 * Labels that change from Pod to Pod or from revision to revision, set by controllers; a selector written by hand
 * never names them. Source: well-known labels of apps/v1, batch/v1 and core/v1, 1.36.
 */
const CHANGING = new Set([
  'pod-template-hash',
  'pod-template-generation',
  'controller-revision-hash',
  'rollouts-pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
  'helm.sh/chart',
  'chart',
  'heritage',
  'version',
]);

/** Label families that name an application, best first; the later labels of a family tell its parts apart. */
const FAMILIES: readonly (readonly string[])[] = [
  ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/component'],
  ['app', 'component', 'tier', 'role', 'release'],
  ['k8s-app'],
  ['run'],
  ['name'],
];

/**
 * The labels that a careful engineer would select these Pods by: the first family whose leading label is there, or all
 * labels that do not change from revision to revision. Empty where there is nothing to select by.
 */
export function stableLabels(labels: ReadonlyMap<string, string>): JsonObject {
  const family = FAMILIES.find(([leading]) => labels.has(leading!));
  const keys = family
    ? family.filter((key) => labels.has(key))
    : [...labels.keys()].filter((key) => !CHANGING.has(key)).sort(compareStrings);
  return Object.fromEntries(keys.map((key) => [key, labels.get(key)!]));
}
