import { parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { numberAt, objectAt, valueAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { byRevision, matchesRevision, REVISION_HASH, revisionNumber, revisionOf } from '../history/revisions.ts';
import { CONTROLLER_REVISIONS, DAEMON_SETS, PODS } from '../resources.ts';
import { claim, ownedOrOrphaned } from '../workload/claim.ts';
import { fail, must } from '../workload/sync-failure.ts';
import { templateHash } from '../workload/template-hash.ts';

export interface DaemonHistory {
  /** Label of Pods that have the template of now. */
  readonly hash: string;
  readonly old: readonly KubernetesObject[];
}

/** Source: pkg/controller/daemon/update.go `constructHistory`, 1.36. */
export function daemonHistory(
  context: ReconcileContext,
  daemonSet: KubernetesObject,
  pods: readonly KubernetesObject[],
): DaemonHistory {
  const selector = parseLabelSelector(valueAt(daemonSet, 'spec', 'selector'));
  const known = ownedOrOrphaned(context.view(CONTROLLER_REVISIONS), daemonSet);
  const revisions = claim(
    context,
    { owner: daemonSet, resource: DAEMON_SETS, selector },
    known,
    CONTROLLER_REVISIONS,
  ).map((revision) => labeled(context, revision));
  const current = revisions.filter((revision) => matchesRevision(daemonSet, revision)).sort(byRevision);
  const old = revisions.filter((revision) => !current.includes(revision));
  const next = Math.max(0, ...old.map(revisionNumber)) + 1;
  const newest = current.at(-1);
  if (newest === undefined) return { hash: hashOf(snapshot(context, daemonSet, next)), old };
  for (const double of current.slice(0, -1)) replaceDouble(context, double, hashOf(newest), pods);
  if (revisionNumber(newest) < next) update(context, { ...newest, revision: next });
  return { hash: hashOf(newest), old };
}

function hashOf(revision: KubernetesObject): string {
  return labelsOf(revision).get(REVISION_HASH) ?? '';
}

function labeled(context: ReconcileContext, revision: KubernetesObject): KubernetesObject {
  if (labelsOf(revision).has(REVISION_HASH)) return revision;
  const metadata = objectAt(revision, 'metadata') ?? {};
  const labels = { ...objectAt(metadata, 'labels'), [REVISION_HASH]: nameOf(revision) };
  return update(context, { ...revision, metadata: { ...metadata, labels } });
}

function update(context: ReconcileContext, body: KubernetesObject): KubernetesObject {
  const [namespace, name] = [namespaceOf(body) ?? '', nameOf(body)];
  return must(context.api.call({ verb: 'update', resource: CONTROLLER_REVISIONS, namespace, name, body }));
}

/** Of several revisions with one template the newest stays; Pods of the others get its label. */
function replaceDouble(
  context: ReconcileContext,
  double: KubernetesObject,
  hash: string,
  pods: readonly KubernetesObject[],
): void {
  for (const pod of pods) {
    if (labelsOf(pod).get(REVISION_HASH) !== hashOf(double)) continue;
    const metadata = { labels: { [REVISION_HASH]: hash } };
    const at = { resource: PODS, namespace: namespaceOf(pod) ?? '', name: nameOf(pod) };
    const body = { apiVersion: 'v1', kind: 'Pod', metadata };
    must(context.api.call({ ...at, verb: 'patch', options: { patchType: 'merge' }, body }));
  }
  const [namespace, name] = [namespaceOf(double) ?? '', nameOf(double)];
  must(context.api.call({ verb: 'delete', resource: CONTROLLER_REVISIONS, namespace, name }));
}

/** Source: pkg/controller/daemon/update.go `snapshot`, 1.36. */
function snapshot(context: ReconcileContext, daemonSet: KubernetesObject, next: number): KubernetesObject {
  const collisions = numberAt(daemonSet, 'status', 'collisionCount');
  const hash = templateHash(valueAt(daemonSet, 'spec', 'template'), collisions);
  const body = revisionOf(daemonSet, hash, next, REVISION_HASH);
  const namespace = namespaceOf(daemonSet) ?? '';
  const made = context.api.call({ verb: 'create', resource: CONTROLLER_REVISIONS, namespace, body });
  if (made.ok) return made.object;
  if (made.reason !== 'AlreadyExists') return fail(`failed to construct revisions of DaemonSet: ${made.message}`);
  const name = nameOf(body);
  const found = must(context.api.call({ verb: 'get', resource: CONTROLLER_REVISIONS, namespace, name }));
  if (matchesRevision(daemonSet, found)) return found;
  const at = { resource: DAEMON_SETS, namespace, name: nameOf(daemonSet) };
  const fresh = must(context.api.call({ ...at, verb: 'get' }));
  if (numberAt(fresh, 'status', 'collisionCount') !== collisions)
    return fail(`found a stale collision count of DaemonSet "${nameOf(daemonSet)}" while processing`);
  const status = { ...objectAt(fresh, 'status'), collisionCount: (collisions ?? 0) + 1 };
  must(context.api.call({ ...at, verb: 'update', subresource: 'status', body: { ...fresh, status } }));
  return fail(made.message);
}

/** Deletes old revisions beyond the limit that no Pod has. Source: update.go `cleanupHistory`, 1.36. */
export function cleanUpHistory(
  context: ReconcileContext,
  daemonSet: KubernetesObject,
  old: readonly KubernetesObject[],
  pods: readonly KubernetesObject[],
): void {
  let surplus = old.length - (numberAt(daemonSet, 'spec', 'revisionHistoryLimit') ?? 10);
  const live = new Set(pods.map((pod) => labelsOf(pod).get(REVISION_HASH)));
  for (const revision of [...old].sort(byRevision)) {
    if (surplus <= 0) return;
    if (live.has(hashOf(revision))) continue;
    const [namespace, name] = [namespaceOf(revision) ?? '', nameOf(revision)];
    must(context.api.call({ verb: 'delete', resource: CONTROLLER_REVISIONS, namespace, name }));
    surplus--;
  }
}
