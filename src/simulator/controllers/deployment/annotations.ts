import { LAST_APPLIED } from '../../../apimachinery/last-applied.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf } from '../../../apimachinery/object.ts';
import { objectAt } from '../../../base/json.ts';
import { DESIRED_REPLICAS, MAX_REPLICAS, REVISION, REVISION_HISTORY, maxSurge, replicasOf } from './replica-sets.ts';

/** About 100 revisions. Source: pkg/controller/deployment/sync.go `maxRevHistoryLengthInChars`, 1.36. */
export const MOST_HISTORY_CHARACTERS = 2000;

const NOT_COPIED = new Set([
  LAST_APPLIED,
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

/**
 * The annotations of the new ReplicaSet: those of the Deployment, and the revision, which only grows; the revisions that
 * it had before are kept beside it. Undefined where nothing changes.
 * Source: pkg/controller/deployment/util/deployment_util.go `SetNewReplicaSetAnnotations`, 1.36.
 */
export function newSetAnnotations(
  deployment: KubernetesObject,
  set: KubernetesObject,
  revision: number,
  exists: boolean,
  mostCharacters = MOST_HISTORY_CHARACTERS,
): KubernetesObject | undefined {
  const before = annotationsOf(set);
  const after = new Map(before);
  let changed = false;
  for (const [key, value] of annotationsOf(deployment)) {
    if (NOT_COPIED.has(key) || before.get(key) === value) continue;
    after.set(key, value);
    changed = true;
  }
  const old = before.get(REVISION);
  if (old !== undefined && old !== '' && !/^[+-]?\d+$/.test(old)) return undefined;
  if (Number(old ?? '0') < revision) {
    after.set(REVISION, String(revision));
    changed = true;
    if (old !== undefined) appendHistory(after, old, mostCharacters);
  }
  if (!exists) {
    for (const [key, value] of Object.entries(replicaAnnotations(deployment))) after.set(key, value);
    changed = true;
  }
  return changed ? withAnnotations(set, Object.fromEntries(after)) : undefined;
}

function appendHistory(annotations: Map<string, string>, old: string, most: number): void {
  const history = annotations.get(REVISION_HISTORY) ?? '';
  const revisions = history.split(',');
  if (revisions[0] === '') {
    annotations.set(REVISION_HISTORY, old);
    return;
  }
  let length = history.length + old.length + 1;
  let start = 0;
  while (length > most && start < revisions.length) length -= revisions[start++]!.length + 1;
  if (length <= most) annotations.set(REVISION_HISTORY, [...revisions.slice(start), old].join(','));
}

/** How many replicas the Deployment wants and may have, for the sums of proportional scaling. */
export function replicaAnnotations(deployment: KubernetesObject): Readonly<Record<string, string>> {
  const desired = replicasOf(deployment);
  return { [DESIRED_REPLICAS]: String(desired), [MAX_REPLICAS]: String(desired + maxSurge(deployment)) };
}

export function needsReplicaAnnotations(deployment: KubernetesObject, set: KubernetesObject): boolean {
  const annotations = annotationsOf(set);
  return Object.entries(replicaAnnotations(deployment)).some(([key, value]) => annotations.get(key) !== value);
}

export function withAnnotations(
  object: KubernetesObject,
  annotations: Readonly<Record<string, string>>,
): KubernetesObject {
  const metadata = objectAt(object, 'metadata') ?? {};
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...objectAt(metadata, 'annotations'), ...annotations } },
  };
}
