import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { controllerOf, uidOf } from '../../../apimachinery/owner-reference.ts';
import type { Outcome, ReconcileContext } from '../controller.ts';
import { PODS } from '../resources.ts';
import { isFinished } from './conditions.ts';
import { hasTracking } from './job-pods.ts';
import { withoutTrackingCall } from './manage-pods.ts';

/**
 * Pods whose Job is gone, is finished, or is another one of the same name are counted by nobody any more, and may go.
 * Source: pkg/controller/job/job_controller.go `handleSingleOrphanPod`, 1.36.
 */
export function releaseOrphans(
  context: ReconcileContext,
  key: string,
  found: KubernetesObject | undefined,
): Outcome | undefined {
  const [namespace = '', name] = key.split('/');
  const orphans = context
    .view(PODS)
    .list(namespace)
    .filter((pod) => hasTracking(pod) && isOrphan(pod, name, found));
  if (orphans.length === 0) return undefined;
  const refused = context.api
    .callAll(orphans.map((pod) => withoutTrackingCall(pod)))
    .flatMap((answer) => (answer.ok || answer.code === 404 ? [] : [answer.message]));
  return refused[0] === undefined ? undefined : { failed: refused[0] };
}

function isOrphan(pod: KubernetesObject, name: string | undefined, found: KubernetesObject | undefined): boolean {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'Job' || owner.apiVersion !== 'batch/v1' || owner.name !== name) return false;
  return found === undefined || owner.uid !== uidOf(found) || isFinished(found);
}
