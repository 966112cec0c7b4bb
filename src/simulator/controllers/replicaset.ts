import { controllerOf, controllerReferenceTo, isControlledBy } from '../../apimachinery/owner-reference.ts';
import { matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, jsonEqual, nameAt, numberAt, objectAt, stringAt, valueAt } from '../../base/json.ts';
import type { Controller, ReconcileContext } from './controller.ts';
import { PODS, REPLICA_SETS } from './resources.ts';

/** Source: pkg/controller/replicaset/replica_set.go, 1.36. */
export const replicaSet: Controller = {
  name: 'replicaset-controller',
  workers: 5,
  readsOwnWrites: true,
  watches: [
    { resource: REPLICA_SETS, keysOf: ({ key }) => [key] },
    { resource: PODS, keysOf: ({ object }) => ownerKeys(object) },
  ],
  reconcile(context, key) {
    const owner = context.view(REPLICA_SETS).getKey(key);
    if (owner === undefined || nameAt(owner, 'metadata', 'deletionTimestamp') !== undefined) return undefined;
    const selector = parseLabelSelector(valueAt(owner, 'spec', 'selector'));
    const pods = context
      .view(PODS)
      .indexed('owner', nameAt(owner, 'metadata', 'uid') ?? '')
      .filter((pod) => isControlledBy(pod, owner) && isActive(pod) && matchesLabels(selector, labelsOf(pod)));
    const failure = manageReplicas(context, owner, pods);
    const status = statusOf(owner, pods);
    if (!jsonEqual(status, valueAt(owner, 'status'))) {
      const written = context.api.call({
        verb: 'update',
        resource: REPLICA_SETS,
        namespace: namespaceOf(owner)!,
        name: nameOf(owner),
        subresource: 'status',
        body: { ...owner, status },
      });
      if (!written.ok) return { failed: written.message };
    }
    return failure === undefined ? undefined : { failed: failure };
  },
};

function ownerKeys(pod: KubernetesObject): readonly string[] {
  const owner = controllerOf(pod);
  return owner?.kind === 'ReplicaSet' ? [`${namespaceOf(pod) ?? ''}/${owner.name}`] : [];
}

function isActive(pod: KubernetesObject): boolean {
  const phase = stringAt(pod, 'status', 'phase');
  return phase !== 'Succeeded' && phase !== 'Failed' && nameAt(pod, 'metadata', 'deletionTimestamp') === undefined;
}

/** Pods are made in batches of 1, 2, 4…, so that a mistake in the template is met once. */
function manageReplicas(
  context: ReconcileContext,
  owner: KubernetesObject,
  pods: readonly KubernetesObject[],
): string | undefined {
  let missing = Math.min((numberAt(owner, 'spec', 'replicas') ?? 1) - pods.length, MOST_AT_ONCE);
  if (missing < 0) return removeExtra(context, owner, pods.slice(missing));
  for (let batch = 1; missing > 0; missing -= batch, batch *= 2) {
    const size = Math.min(batch, missing);
    const answers = context.api.callAll(
      Array.from({ length: size }, () => ({
        verb: 'create' as const,
        resource: PODS,
        namespace: namespaceOf(owner)!,
        body: podOf(owner),
      })),
    );
    for (const answer of answers) {
      if (answer.ok) {
        context.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${nameOf(answer.object)}`);
        continue;
      }
      context.event(owner, 'Warning', 'FailedCreate', `Error creating: ${answer.message}`);
      return answer.message;
    }
  }
  return undefined;
}

/** Source: replica_set.go `BurstReplicas`, 1.36. */
const MOST_AT_ONCE = 500;

function removeExtra(
  context: ReconcileContext,
  owner: KubernetesObject,
  extra: readonly KubernetesObject[],
): string | undefined {
  const answers = context.api.callAll(
    extra.map((pod) => ({ verb: 'delete' as const, resource: PODS, namespace: namespaceOf(pod)!, name: nameOf(pod) })),
  );
  for (const [index, answer] of answers.entries()) {
    if (!answer.ok && answer.code !== 404) return answer.message;
    context.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${nameOf(extra[index]!)}`);
  }
  return undefined;
}

function podOf(owner: KubernetesObject): KubernetesObject {
  const template = objectAt(owner, 'spec', 'template') ?? {};
  const metadata = objectAt(template, 'metadata') ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      generateName: `${nameOf(owner)}-`,
      ownerReferences: [{ ...controllerReferenceTo(owner) }],
    },
    spec: objectAt(template, 'spec') ?? {},
  };
}

function statusOf(owner: KubernetesObject, pods: readonly KubernetesObject[]): KubernetesObject['status'] {
  const ready = pods.filter(isReady).length;
  return {
    replicas: pods.length,
    ...(pods.length === 0 ? {} : { fullyLabeledReplicas: pods.length }),
    ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
    observedGeneration: numberAt(owner, 'metadata', 'generation') ?? 0,
  };
}

function isReady(pod: KubernetesObject): boolean {
  return arrayAt(pod, 'status', 'conditions').some(
    (condition) => stringAt(condition, 'type') === 'Ready' && stringAt(condition, 'status') === 'True',
  );
}
