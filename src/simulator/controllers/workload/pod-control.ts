import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { controllerReferenceTo } from '../../../apimachinery/owner-reference.ts';
import type { JsonValue } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../controller.ts';
import { PODS } from '../resources.ts';

/** A Pod of a template. Source: pkg/controller/controller_utils.go `GetPodFromTemplate`, 1.36. */
export function podFromTemplate(owner: KubernetesObject, template: JsonValue | undefined): KubernetesObject {
  const { labels, annotations, finalizers } = objectAt(template, 'metadata') ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      generateName: `${nameOf(owner)}-`,
      ownerReferences: [{ ...controllerReferenceTo(owner) }],
    },
    spec: objectAt(template, 'spec') ?? {},
  };
}

/**
 * Makes Pods in batches of 1, 2, 4…, so that a mistake in the template is met once; a failure ends it after its batch.
 * Gives the failures. Source: pkg/controller/replicaset/replica_set.go `slowStartBatch`, 1.36.
 */
export function createPods(
  context: ReconcileContext,
  owner: KubernetesObject,
  pods: readonly KubernetesObject[],
): readonly string[] {
  const namespace = namespaceOf(owner) ?? '';
  let at = 0;
  for (let batch = 1; at < pods.length; batch *= 2) {
    const wanted = pods.slice(at, at + batch);
    at += wanted.length;
    const answers = context.api.callAll(
      wanted.map((body) => ({ verb: 'create' as const, resource: PODS, namespace, body })),
    );
    const failures: string[] = [];
    for (const answer of answers) {
      if (answer.ok) {
        context.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${nameOf(answer.object)}`);
        continue;
      }
      // Nothing can be made where everything goes; that is no failure and no news.
      if (isNamespaceTerminating(answer.message)) continue;
      context.event(owner, 'Warning', 'FailedCreate', `Error creating: ${answer.message}`);
      failures.push(answer.message);
    }
    if (failures.length > 0) return failures;
  }
  return [];
}

function isNamespaceTerminating(message: string): boolean {
  return message.includes('because it is being terminated');
}

/** Deletes Pods, all at once; gives the failures. One that is gone already is none. */
export function deletePods(
  context: ReconcileContext,
  owner: KubernetesObject,
  names: readonly string[],
): readonly string[] {
  const namespace = namespaceOf(owner) ?? '';
  const answers = context.api.callAll(
    names.map((name) => ({ verb: 'delete' as const, resource: PODS, namespace, name })),
  );
  return answers.flatMap((answer, index) => {
    if (answer.ok) context.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${names[index]!}`);
    else if (answer.code !== 404) {
      context.event(owner, 'Warning', 'FailedDelete', `Error deleting: ${answer.message}`);
      return [`unable to delete pods: ${answer.message}`];
    }
    return [];
  });
}
