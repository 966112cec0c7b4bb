import { isBeingDeleted } from '../../apimachinery/object.ts';
import { arrayAt, objectAt } from '../../base/json.ts';
import { BUILT_IN } from '../apiserver/served-resources.ts';
import type { ResourceName } from '../messages.ts';
import type { Controller, ReconcileContext } from './controller.ts';
import { NAMESPACES, PODS } from './resources.ts';

/** Resources whose objects go with their namespace; Pods stand first, and must be gone before the rest. */
const CONTENT: readonly ResourceName[] = BUILT_IN.filter(
  ({ namespaced, verbs, qualified }) => namespaced && verbs.includes('deletecollection') && qualified !== 'pods',
).map(({ group, versions, plural }) => ({ group, version: versions[0]!, plural }));

/** How long until what is left is looked at again: half of what is estimated, and a second. */
const RETRY_MS = 5000;

/**
 * Empties a namespace that is being deleted, Pods first, and lets it go.
 * Source: pkg/controller/namespace/deletion/namespaced_resources_deleter.go, 1.36 (OrderedNamespaceDeletion).
 */
export const namespace: Controller = {
  name: 'namespace-controller',
  workers: 10,
  watches: [
    {
      resource: NAMESPACES,
      keysOf: ({ key, object, type }) => (type !== 'DELETED' && isBeingDeleted(object) ? [key] : []),
    },
  ],
  reconcile(context, name) {
    const found = context.view(NAMESPACES).get(undefined, name);
    if (found === undefined || !isBeingDeleted(found)) return undefined;
    if (!arrayAt(found, 'spec', 'finalizers').includes('kubernetes')) return undefined;
    const pods = empty(context, name, [PODS]);
    if (pods !== 'empty') return pods === 'waiting' ? { requeueAfterMs: RETRY_MS } : { failed: pods };
    const rest = empty(context, name, CONTENT);
    if (rest !== 'empty') return rest === 'waiting' ? { requeueAfterMs: RETRY_MS } : { failed: rest };
    const finalizers = arrayAt(found, 'spec', 'finalizers').filter((finalizer) => finalizer !== 'kubernetes');
    const done = context.api.call({
      verb: 'update',
      resource: NAMESPACES,
      name,
      subresource: 'finalize',
      body: { ...found, spec: { ...objectAt(found, 'spec'), finalizers } },
    });
    return done.ok || done.code === 404 ? undefined : { failed: done.message };
  },
};

/** Deletes all objects of some resources; `waiting` where some are left, a message where it cannot. */
function empty(
  context: ReconcileContext,
  namespaceName: string,
  resources: readonly ResourceName[],
): 'empty' | 'waiting' | string {
  const answers = context.api.callAll(
    resources.map((resource) => ({ verb: 'deletecollection', resource, namespace: namespaceName })),
  );
  const refused = answers.find((answer) => !answer.ok);
  if (refused !== undefined && !refused.ok) return refused.message;
  const lists = context.api.callAll(
    resources
      .filter((_resource, index) => isNotEmpty(answers[index]!))
      .map((resource) => ({ verb: 'list', resource, namespace: namespaceName })),
  );
  return lists.some(isNotEmpty) ? 'waiting' : 'empty';
}

function isNotEmpty(answer: ReturnType<ReconcileContext['api']['call']>): boolean {
  return answer.ok && arrayAt(answer.object, 'items').length > 0;
}
