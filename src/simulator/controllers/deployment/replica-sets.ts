import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { intOrStringOf, scaledIntOrPercent } from '../../../apimachinery/int-or-string.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject, jsonEqual, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';

/** Facts and sums of a Deployment and its ReplicaSets. Source: pkg/controller/deployment/util/deployment_util.go, 1.36. */
export const HASH_LABEL = 'pod-template-hash';
export const REVISION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

export const NO_LIMIT = 2 ** 31 - 1;

export function replicasOf(object: KubernetesObject): number {
  return numberAt(object, 'spec', 'replicas') ?? 1;
}

export function availableOf(object: KubernetesObject): number {
  return numberAt(object, 'status', 'availableReplicas') ?? 0;
}

/** Sum of what ReplicaSets shall have. */
export function wantedReplicas(sets: readonly KubernetesObject[]): number {
  return sets.reduce((sum, set) => sum + replicasOf(set), 0);
}

/** Sum of a count in the status of ReplicaSets. */
export function countedReplicas(sets: readonly KubernetesObject[], field: string): number {
  return sets.reduce((sum, set) => sum + (numberAt(set, 'status', field) ?? 0), 0);
}

/** ReplicaSets that shall have Pods. */
export function activeSets(sets: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return sets.filter((set) => replicasOf(set) > 0);
}

export function isRollingUpdate(deployment: KubernetesObject): boolean {
  return stringAt(deployment, 'spec', 'strategy', 'type') === 'RollingUpdate';
}

/** Surplus (rounded up) and shortage (rounded down) of a roll-out; never both 0, so that something can move. */
export function resolveFenceposts(
  surge: JsonValue | undefined,
  unavailable: JsonValue | undefined,
  desired: number,
): { readonly surge: number; readonly unavailable: number } {
  const surplus = scaledOr0(surge, desired, 'up');
  const shortage = scaledOr0(unavailable, desired, 'down');
  return surplus === 0 && shortage === 0 ? { surge: 0, unavailable: 1 } : { surge: surplus, unavailable: shortage };
}

function scaledOr0(value: JsonValue | undefined, total: number, rounding: 'up' | 'down'): number {
  const scaled = scaledIntOrPercent(intOrStringOf(value) ?? 0, total, rounding);
  return 'error' in scaled ? 0 : scaled.value;
}

function fenceposts(deployment: KubernetesObject): ReturnType<typeof resolveFenceposts> {
  const rolling = objectAt(deployment, 'spec', 'strategy', 'rollingUpdate');
  return resolveFenceposts(rolling?.['maxSurge'], rolling?.['maxUnavailable'], replicasOf(deployment));
}

export function maxUnavailable(deployment: KubernetesObject): number {
  if (!isRollingUpdate(deployment) || replicasOf(deployment) === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicasOf(deployment));
}

export function maxSurge(deployment: KubernetesObject): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

/** How many replicas the new ReplicaSet may have now. */
export function newReplicas(
  deployment: KubernetesObject,
  all: readonly KubernetesObject[],
  newSet: KubernetesObject,
): number {
  if (!isRollingUpdate(deployment)) return replicasOf(deployment);
  const surge = scaledOr0(
    valueAt(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxSurge'),
    replicasOf(deployment),
    'up',
  );
  const room = replicasOf(deployment) + surge - wantedReplicas(all);
  if (room <= 0) return replicasOf(newSet);
  return replicasOf(newSet) + Math.min(room, replicasOf(deployment) - replicasOf(newSet));
}

export function byCreation(a: KubernetesObject, b: KubernetesObject): number {
  const [madeA, madeB] = [a, b].map((object) => stringAt(object, 'metadata', 'creationTimestamp') ?? '');
  if (madeA !== madeB) return madeA! < madeB! ? -1 : 1;
  return nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0;
}

/** The oldest ReplicaSet with the template of the Deployment. */
export function findNewSet(
  deployment: KubernetesObject,
  sets: readonly KubernetesObject[],
): KubernetesObject | undefined {
  const template = comparableTemplate(valueAt(deployment, 'spec', 'template'));
  return [...sets]
    .sort(byCreation)
    .find((set) => jsonEqual(comparableTemplate(valueAt(set, 'spec', 'template')), template));
}

export function findOldSets(
  deployment: KubernetesObject,
  sets: readonly KubernetesObject[],
): readonly KubernetesObject[] {
  const newSet = findNewSet(deployment, sets);
  return [...sets].sort(byCreation).filter((set) => newSet === undefined || uidOf(set) !== uidOf(newSet));
}

export function equalIgnoreHash(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return jsonEqual(comparableTemplate(a), comparableTemplate(b));
}

/** Without the hash, and without what is the same as nothing: nulls, empty lists and empty maps of metadata. */
function comparableTemplate(template: JsonValue | undefined): JsonObject {
  const { metadata, ...rest } = isJsonObject(template) ? template : {};
  const { labels, ...others } = objectAt({ metadata }, 'metadata') ?? {};
  const { [HASH_LABEL]: _, ...kept } = objectAt({ labels }, 'labels') ?? {};
  return withoutNothing({ ...rest, metadata: nonEmptyMaps({ ...others, labels: kept }) }) as JsonObject;
}

function nonEmptyMaps(metadata: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(metadata).filter(([, value]) => !isJsonObject(value) || Object.keys(value).length > 0),
  );
}

function withoutNothing(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((entry: JsonValue) => withoutNothing(entry) ?? null);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).flatMap(([key, entry]): readonly (readonly [string, JsonValue | undefined])[] => {
    if (entry === null || entry === undefined || (Array.isArray(entry) && entry.length === 0)) return [];
    return [[key, withoutNothing(entry)]];
  });
  return Object.fromEntries(kept);
}

/** The only ReplicaSet with replicas, or the newest where none has any; undefined where several have. */
export function activeOrLatest(
  newSet: KubernetesObject | undefined,
  oldSets: readonly KubernetesObject[],
): KubernetesObject | undefined {
  const newestFirst = [...oldSets].sort((a, b) => byCreation(b, a));
  const active = activeSets(newSet === undefined ? newestFirst : [...newestFirst, newSet]);
  if (active.length === 0) return newSet ?? newestFirst[0];
  return active.length === 1 ? active[0] : undefined;
}

/** The new ReplicaSet has all replicas, knows so, and they are available. */
export function isSaturated(deployment: KubernetesObject, set: KubernetesObject | undefined): boolean {
  if (set === undefined) return false;
  const desired = replicasOf(deployment);
  const known = annotationsOf(set).get(DESIRED_REPLICAS) ?? '';
  return (
    /^[+-]?\d+$/.test(known) && Number(known) === desired && replicasOf(set) === desired && availableOf(set) === desired
  );
}

/** An annotation that is a number of 31 bits; undefined where it is none. */
export function countIn(set: KubernetesObject, annotation: string): number | undefined {
  const text = annotationsOf(set).get(annotation) ?? '';
  return /^\d+$/.test(text) && Number(text) <= NO_LIMIT ? Number(text) : undefined;
}

/** A revision that cannot be read is undefined, one that is not there 0. */
export function revisionOf(object: KubernetesObject): number | undefined {
  const text = annotationsOf(object).get(REVISION);
  if (text === undefined) return 0;
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

export function maxRevision(sets: readonly KubernetesObject[]): number {
  return Math.max(0, ...sets.map((set) => revisionOf(set) ?? 0));
}

export function progressDeadlineOf(deployment: KubernetesObject): number | undefined {
  const seconds = numberAt(deployment, 'spec', 'progressDeadlineSeconds');
  return seconds === NO_LIMIT ? undefined : seconds;
}
