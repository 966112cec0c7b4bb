import { parseLabelSelector, selectsObject } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, jsonEqual, objectAt } from '../../base/json.ts';
import type { WatchEvent } from '../messages.ts';
import type { Caches, Controller, Outcome, ReconcileContext } from './controller.ts';
import { CLUSTER_ROLES } from './resources.ts';

const NAME = 'clusterrole-aggregation-controller';

/**
 * A ClusterRole with an aggregation rule has the rules of those that it selects.
 * Source: pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go, 1.36.
 */
export const clusterRoleAggregation: Controller = {
  name: NAME,
  workers: 5,
  watches: [{ resource: CLUSTER_ROLES, keysOf: (_event: WatchEvent, caches: Caches) => aggregating(caches) }],
  reconcile(context, key) {
    const role = context.view(CLUSTER_ROLES).getKey(key);
    return role === undefined ? undefined : sync(context, role);
  },
};

/** All of them, whatever has changed: nobody knows which depends on which. */
function aggregating(caches: Caches): readonly string[] {
  return caches
    .view(CLUSTER_ROLES)
    .list()
    .filter((role) => objectAt(role, 'aggregationRule') !== undefined)
    .map(nameOf);
}

function sync(context: ReconcileContext, role: KubernetesObject): Outcome | void {
  if (objectAt(role, 'aggregationRule') === undefined) return undefined;
  const rules: JsonValue[] = [];
  for (const selector of arrayAt(role, 'aggregationRule', 'clusterRoleSelectors')) {
    const selected = parseLabelSelector(selector);
    for (const other of context.view(CLUSTER_ROLES).list()) {
      if (nameOf(other) === nameOf(role) || !selectsObject(selected, other)) continue;
      for (const rule of arrayAt(other, 'rules')) if (!rules.some((known) => jsonEqual(known, rule))) rules.push(rule);
    }
  }
  if (jsonEqual(rules, arrayAt(role, 'rules'))) return undefined;
  const written = context.api.call({
    verb: 'patch',
    resource: CLUSTER_ROLES,
    name: nameOf(role),
    options: { patchType: 'apply', fieldManager: NAME, force: true },
    body: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: nameOf(role) },
      rules: rules.map(applied),
    },
  });
  return written.ok ? undefined : { failed: written.message };
}

/** A rule with its five lists alone, as it is applied. */
function applied(rule: JsonValue): JsonObject {
  const known = ['resources', 'resourceNames', 'apiGroups', 'nonResourceURLs', 'verbs'];
  return Object.fromEntries(Object.entries(objectAt(rule) ?? {}).filter(([key]) => known.includes(key)));
}
