import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { BUILT_IN } from '../../apiserver/served-resources.ts';
import type { ResourceName } from '../../messages.ts';
import type { ApiResult } from '../../client/api-client.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { NAMESPACES, PODS } from '../resources.ts';
import { runTimeOf } from '../workload/pod-state.ts';
import type { DeletionCondition } from './conditions.ts';
import { failureConditions, remainingConditions, updatedConditions } from './conditions.ts';

/** Resources whose objects go with their namespace; Pods stand first, and must be gone before the rest. */
const CONTENT: readonly ResourceName[] = BUILT_IN.filter(
  ({ namespaced, verbs, qualified }) => namespaced && verbs.includes('deletecollection') && qualified !== 'pods',
).map(({ group, versions, plural }) => ({ group, version: versions[0]!, plural }));

/** Source: pkg/controller/namespace/deletion/namespaced_resources_deleter.go `finalizerEstimateSeconds`, 1.36. */
const FINALIZER_SECONDS = 15;

/**
 * Empties a namespace that is being deleted, Pods first, tells in its conditions what is left, and lets it go.
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
    const cached = context.view(NAMESPACES).get(undefined, name);
    if (cached === undefined || !isBeingDeleted(cached)) return undefined;
    const read = context.api.call({ verb: 'get', resource: NAMESPACES, name });
    if (!read.ok) return read.code === 404 ? undefined : { failed: read.message };
    const found = read.object;
    if (!isBeingDeleted(found) || !arrayAt(found, 'spec', 'finalizers').includes('kubernetes')) return undefined;
    const pods = empty(context, name, [PODS], podSeconds(context, found));
    // While Pods remain, what else remains is not looked at, nor told.
    if (pods.byResource.size > 0) {
      tell(context, found, failureConditions(pods.errors));
      return outcomeOf(pods);
    }
    const rest = empty(context, name, CONTENT, 0);
    const errors = [...pods.errors, ...rest.errors];
    const told = tell(context, found, [...failureConditions(errors), ...remainingConditions(rest)]);
    const outcome = outcomeOf({ errors, seconds: rest.seconds });
    if (outcome !== undefined) return outcome;
    const finalizers = arrayAt(told, 'spec', 'finalizers').filter((finalizer) => finalizer !== 'kubernetes');
    const done = context.api.call({
      verb: 'update',
      resource: NAMESPACES,
      name,
      subresource: 'finalize',
      body: { ...told, spec: { ...objectAt(told, 'spec'), finalizers } },
    });
    return done.ok || done.code === 404 ? undefined : { failed: done.message };
  },
};

/** What a look has left, why, and how long that is thought to take in seconds. */
interface Look {
  readonly byResource: Map<string, number>;
  readonly byFinalizer: Map<string, number>;
  readonly errors: readonly string[];
  readonly seconds: number;
}

/** Source: pkg/controller/namespace/namespace_controller.go `worker`, 1.36. */
function outcomeOf({ errors, seconds }: Pick<Look, 'errors' | 'seconds'>): Outcome | undefined {
  if (errors.length > 0) return { failed: errors.join(', ') };
  return seconds > 0 ? { requeueAfterMs: (Math.floor(seconds / 2) + 1) * 1000 } : undefined;
}

/** How long Pods may take: the longest of their grace periods, until it is over. Source: `estimateGracefulTermination`. */
function podSeconds(context: ReconcileContext, found: KubernetesObject): number {
  const listed = context.api.call({
    verb: 'list',
    resource: PODS,
    namespace: stringAt(found, 'metadata', 'name') ?? '',
  });
  const graces = itemsOf(listed)
    .filter((pod) => !['Succeeded', 'Failed'].includes(stringAt(pod, 'status', 'phase') ?? ''))
    .map((pod) => numberAt(pod, 'spec', 'terminationGracePeriodSeconds') ?? 0);
  const longest = Math.max(0, ...graces);
  const sinceMs = context.nowMs - (runTimeOf(stringAt(found, 'metadata', 'deletionTimestamp')) ?? context.nowMs);
  return sinceMs >= longest * 1000 ? 0 : longest;
}

/** Deletes all objects of some resources. Source: `deleteAllContentForGroupVersionResource`. */
function empty(
  context: ReconcileContext,
  namespaceName: string,
  resources: readonly ResourceName[],
  seconds: number,
): Look {
  const answers = context.api.callAll(
    resources.map((resource) => ({ verb: 'deletecollection', resource, namespace: namespaceName })),
  );
  const errors = answers.flatMap((answer) => (answer.ok ? [] : [answer.message]));
  const lists = context.api.callAll(
    resources.map((resource) => ({ verb: 'list', resource, namespace: namespaceName })),
  );
  const [byResource, byFinalizer] = [new Map<string, number>(), new Map<string, number>()];
  let longest = 0;
  for (const [index, { group, version, plural }] of resources.entries()) {
    const items = itemsOf(lists[index]);
    if (items.length === 0) continue;
    byResource.set(`${plural}.${group}`, items.length);
    const finalizers = items.flatMap((item) => arrayAt(item, 'metadata', 'finalizers').map(String));
    for (const finalizer of finalizers) byFinalizer.set(finalizer, (byFinalizer.get(finalizer) ?? 0) + 1);
    const estimate = seconds > 0 ? seconds : finalizers.length > 0 ? FINALIZER_SECONDS : 0;
    if (estimate === 0)
      errors.push(
        `unexpected items still remain in namespace: ${namespaceName} for gvr: ${group}/${version}, Resource=${plural}`,
      );
    longest = Math.max(longest, estimate);
  }
  return { byResource, byFinalizer, errors, seconds: longest };
}

function itemsOf(answer: ApiResult | undefined): readonly JsonValue[] {
  return answer?.ok === true ? arrayAt(answer.object, 'items') : [];
}

/** Writes the conditions where they change; gives the namespace as it is then. Nobody minds where that fails. */
function tell(
  context: ReconcileContext,
  found: KubernetesObject,
  conditions: readonly DeletionCondition[],
): KubernetesObject {
  const after = updatedConditions(arrayAt(found, 'status', 'conditions'), conditions, timeOf(context.nowMs));
  if (after === undefined) return found;
  const body = { ...found, status: { ...objectAt(found, 'status'), conditions: after } };
  const name = stringAt(found, 'metadata', 'name') ?? '';
  const written = context.api.call({ verb: 'update', resource: NAMESPACES, name, subresource: 'status', body });
  return written.ok ? written.object : found;
}
