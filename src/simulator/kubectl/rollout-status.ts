import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../apimachinery/object.ts';
import { numberAt, objectAt, stringAt } from '../../base/json.ts';

/** Where a rollout stands: what kubectl says of it, whether that is the end, or why it failed. */
export type RolloutStatus = { readonly message: string; readonly isDone: boolean } | { readonly error: string };

const status = (message: string, isDone: boolean): RolloutStatus => ({ message: `${message}\n`, isDone });
const waiting = (what: string): RolloutStatus => status(`Waiting for ${what}...`, false);

/** Source: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go, 1.36. Undefined: no kind that rolls out. */
export function rolloutStatus(object: KubernetesObject, revision = 0): RolloutStatus | undefined {
  if (object.kind === 'Deployment') return deploymentStatus(object, revision);
  if (object.kind === 'DaemonSet') return daemonSetStatus(object);
  return object.kind === 'StatefulSet' ? statefulSetStatus(object) : undefined;
}

function counts(object: KubernetesObject) {
  const at = (...path: readonly string[]): number => numberAt(object, ...path) ?? 0;
  return { at, isObserved: at('metadata', 'generation') <= at('status', 'observedGeneration') };
}

function deploymentStatus(object: KubernetesObject, revision: number): RolloutStatus {
  const name = `"${nameOf(object)}"`;
  const own = Number(annotationsOf(object).get('deployment.kubernetes.io/revision') ?? '0');
  if (revision > 0 && revision !== own)
    return { error: `desired revision (${revision}) is different from the running revision (${own})` };
  const { at, isObserved } = counts(object);
  if (!isObserved) return waiting('deployment spec update to be observed');
  const progressing = findCondition(conditionsOf(object), 'Progressing');
  if (progressing !== undefined && stringAt(progressing, 'reason') === 'ProgressDeadlineExceeded')
    return { error: `deployment ${name} exceeded its progress deadline` };
  const [updated, wanted] = [at('status', 'updatedReplicas'), numberAt(object, 'spec', 'replicas')];
  const finish = `deployment ${name} rollout to finish: `;
  if (wanted !== undefined && updated < wanted)
    return waiting(`${finish}${updated} out of ${wanted} new replicas have been updated`);
  const old = at('status', 'replicas') - updated;
  if (old > 0) return waiting(`${finish}${old} old replicas are pending termination`);
  const available = at('status', 'availableReplicas');
  if (available < updated) return waiting(`${finish}${available} of ${updated} updated replicas are available`);
  return status(`deployment ${name} successfully rolled out`, true);
}

function daemonSetStatus(object: KubernetesObject): RolloutStatus {
  if (stringAt(object, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate')
    return { error: 'rollout status is only available for RollingUpdate strategy type' };
  const { at, isObserved } = counts(object);
  if (!isObserved) return waiting('daemon set spec update to be observed');
  const name = `"${nameOf(object)}"`;
  const [updated, desired] = [at('status', 'updatedNumberScheduled'), at('status', 'desiredNumberScheduled')];
  const finish = `daemon set ${name} rollout to finish: `;
  if (updated < desired) return waiting(`${finish}${updated} out of ${desired} new pods have been updated`);
  const available = at('status', 'numberAvailable');
  if (available < desired) return waiting(`${finish}${available} of ${desired} updated pods are available`);
  return status(`daemon set ${name} successfully rolled out`, true);
}

function statefulSetStatus(object: KubernetesObject): RolloutStatus {
  if (stringAt(object, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate')
    return { error: 'rollout status is only available for RollingUpdate strategy type' };
  const { at, isObserved } = counts(object);
  if (at('status', 'observedGeneration') === 0 || !isObserved) return waiting('statefulset spec update to be observed');
  const wanted = numberAt(object, 'spec', 'replicas');
  const ready = at('status', 'readyReplicas');
  if (wanted !== undefined && ready < wanted) return waiting(`${wanted - ready} pods to be ready`);
  const updated = at('status', 'updatedReplicas');
  if (objectAt(object, 'spec', 'updateStrategy', 'rollingUpdate') !== undefined) {
    const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
    if (wanted !== undefined && partition !== undefined && updated < wanted - partition)
      return waiting(
        `partitioned roll out to finish: ${updated} out of ${wanted - partition} new pods have been updated`,
      );
    return status(`partitioned roll out complete: ${updated} new pods have been updated...`, true);
  }
  const [current, next] = [stringAt(object, 'status', 'currentRevision'), stringAt(object, 'status', 'updateRevision')];
  if (next !== current)
    return status(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${next ?? ''}...`,
      false,
    );
  return status(
    `statefulset rolling update complete ${at('status', 'currentReplicas')} pods at revision ${current ?? ''}...`,
    true,
  );
}
