import { parseLabelSelector, selectsObject } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerOf, uidOf } from '../../../apimachinery/owner-reference.ts';
import { jsonEqual, numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import {
  HISTORY_HASH,
  byRevision,
  matchesRevision,
  revisionHash,
  revisionNumber,
  revisionOf,
} from '../history/revisions.ts';
import { CONTROLLER_REVISIONS, STATEFUL_SETS } from '../resources.ts';
import { claim, ownedOrOrphaned } from '../workload/claim.ts';
import { fail, must } from '../workload/sync-failure.ts';
import { podRevision } from './ordinals.ts';
import type { SetRevision } from './identity.ts';

export interface SetRevisions {
  readonly current: KubernetesObject;
  readonly update: KubernetesObject;
  readonly collisionCount: number;
}

/** The revisions of a set by their number; those that nobody owns are adopted. */
export function listRevisions(context: ReconcileContext, set: KubernetesObject): readonly KubernetesObject[] {
  const selector = parseLabelSelector(valueAt(set, 'spec', 'selector'));
  const mine = ownedOrOrphaned(context.view(CONTROLLER_REVISIONS), set).filter((revision) => {
    const controller = controllerOf(revision);
    return (controller === undefined || controller.uid === uidOf(set)) && selectsObject(selector, revision);
  });
  return [...claim(context, { owner: set, resource: STATEFUL_SETS, selector }, mine, CONTROLLER_REVISIONS)].sort(
    byRevision,
  );
}

/**
 * The revision that the set has now, and the one that its Pods had before; an old one that is wanted again gets a new
 * number. Source: pkg/controller/statefulset/stateful_set_control.go `getStatefulSetRevisions`, 1.36.
 */
export function setRevisions(
  context: ReconcileContext,
  set: KubernetesObject,
  revisions: readonly KubernetesObject[],
): SetRevisions {
  let collisionCount = numberAt(set, 'status', 'collisionCount') ?? 0;
  const newest = revisions.at(-1);
  const next = newest === undefined ? 1 : revisionNumber(newest) + 1;
  const equal = revisions.findLast((revision) => matchesRevision(set, revision));
  let update: KubernetesObject;
  if (equal !== undefined && newest !== undefined && jsonEqual(valueAt(equal, 'data'), valueAt(newest, 'data')))
    update = newest;
  else if (equal === undefined) ({ made: update, collisionCount } = create(context, set, next, collisionCount));
  else update = renumber(context, equal, next);
  const name = stringAt(set, 'status', 'currentRevision') ?? '';
  const current = revisions.find((revision) => nameOf(revision) === name) ?? update;
  return { current, update, collisionCount };
}

/** Another name where one of other content has it. Source: controller_history.go `CreateControllerRevision`, 1.36. */
function create(
  context: ReconcileContext,
  set: KubernetesObject,
  number: number,
  collisionCount: number,
): { readonly made: KubernetesObject; readonly collisionCount: number } {
  const namespace = namespaceOf(set) ?? '';
  // Only the name follows the collisions that are met here; the label stays that of the first try.
  const first = revisionOf(set, revisionHash(set, collisionCount), number, HISTORY_HASH);
  for (let collisions = collisionCount; ; collisions++) {
    const name = `${nameOf(set).slice(0, MOST_PREFIX)}-${revisionHash(set, collisions)}`;
    const body: KubernetesObject = { ...first, metadata: { ...objectAt(first, 'metadata'), name } };
    const made = context.api.call({ verb: 'create', resource: CONTROLLER_REVISIONS, namespace, body });
    if (made.ok) return { made: made.object, collisionCount: collisions };
    if (made.reason !== 'AlreadyExists') return fail(made.message);
    const there = must(context.api.call({ verb: 'get', resource: CONTROLLER_REVISIONS, namespace, name }));
    if (matchesRevision(set, there)) return { made: there, collisionCount: collisions };
  }
}

const MOST_PREFIX = 223;

function renumber(context: ReconcileContext, revision: KubernetesObject, number: number): KubernetesObject {
  const [namespace, name] = [namespaceOf(revision) ?? '', nameOf(revision)];
  const at = { resource: CONTROLLER_REVISIONS, namespace, name };
  const write = (object: KubernetesObject) =>
    context.api.call({ ...at, verb: 'update', body: { ...object, revision: number } });
  const written = write(revision);
  if (written.ok || written.code !== 409) return must(written);
  return must(write(must(context.api.call({ ...at, verb: 'get' }))));
}

/** The set with the template that a revision keeps. Source: stateful_set_utils.go `ApplyRevision`, 1.36. */
export function appliedRevision(set: KubernetesObject, revision: KubernetesObject): SetRevision {
  const { $patch: _, ...template } = objectAt(revision, 'data', 'spec', 'template') ?? {};
  return { name: nameOf(revision), set: { ...set, spec: { ...objectAt(set, 'spec'), template } } };
}

/** Deletes the oldest revisions beyond the limit that no Pod has. Source: stateful_set_control.go `truncateHistory`, 1.36. */
export function truncateHistory(
  context: ReconcileContext,
  set: KubernetesObject,
  pods: readonly KubernetesObject[],
  revisions: readonly KubernetesObject[],
  known: SetRevisions | undefined,
): void {
  const live = new Set(pods.map(podRevision));
  if (known !== undefined) for (const revision of [known.current, known.update]) live.add(nameOf(revision));
  const old = revisions.filter((revision) => !live.has(nameOf(revision)));
  const limit = numberAt(set, 'spec', 'revisionHistoryLimit') ?? 10;
  if (limit < 0) return;
  for (const revision of old.slice(0, Math.max(0, old.length - limit))) {
    const [namespace, name] = [namespaceOf(revision) ?? '', nameOf(revision)];
    must(context.api.call({ verb: 'delete', resource: CONTROLLER_REVISIONS, namespace, name }));
  }
}
