import type { ClusterView } from '../../../admission/cluster-view.ts';
import { evaluatorOf } from '../../../admission/quota/evaluators.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { canonicalQuantity } from '../../../apimachinery/quantity.ts';
import { resourceListOf, sameResources } from '../../../apimachinery/resource-list.ts';
import { jsonEqual, numberAt, stringAt, valueAt } from '../../../base/json.ts';
import { NO_CUSTOM_RESOURCES } from '../../../kinds/custom-resources.ts';
import { BUILT_IN_KINDS } from '../../../kinds/index.ts';
import { BUILT_IN } from '../../apiserver/served-resources.ts';
import { RUN_BEGINS_MS } from '../../kernel/clock.ts';
import type { ResourceName, WatchEvent } from '../../messages.ts';
import type { Caches, Controller, Outcome, ReconcileContext } from '../controller.ts';
import { RESOURCE_QUOTAS } from '../resources.ts';
import { isTerminal } from '../workload/pod-state.ts';
import { quotaUsage } from './usage.ts';

/** Source: pkg/controller/resourcequota/config/v1alpha1/defaults.go `ResourceQuotaSyncPeriod`, 1.36. */
const RESYNC_MS = 300_000;

/** What quota can count: objects in namespaces that can be made, listed and deleted. Source: `GetQuotableResources`, 1.36. */
const COUNTED = BUILT_IN.filter(
  ({ qualified, namespaced, verbs }) =>
    namespaced &&
    !qualified.startsWith('events') &&
    ['create', 'list', 'watch', 'delete'].every((verb) => verbs.includes(verb)),
).map(({ group, kind, plural, qualified, versions }) => ({
  kind,
  qualified,
  name: { group, version: versions[0] ?? 'v1', plural } satisfies ResourceName as ResourceName,
}));

/** Also read, to count claims by class of device. */
const DEVICE_CLASSES: ResourceName = { group: 'resource.k8s.io', version: 'v1', plural: 'deviceclasses' };

/**
 * Keeps what quotas limit and what is used of it.
 * Source: pkg/controller/resourcequota/{resource_quota_controller,resource_quota_monitor}.go, 1.36.
 */
export const resourceQuota: Controller = {
  name: 'resourcequota-controller',
  workers: 5,
  watches: [
    ...COUNTED.map(({ name, qualified }) => ({
      resource: name,
      keysOf: (event: WatchEvent, caches: Caches) =>
        qualified === 'resourcequotas' ? ownKeys(event) : replenished(event, qualified, caches),
    })),
    { resource: DEVICE_CLASSES, keysOf: () => [] },
  ],
  resync: {
    everyMs: RESYNC_MS,
    keysOf: (caches) => caches.view(RESOURCE_QUOTAS).list().map(keyOf),
  },
  reconcile(context, key) {
    const quota = context.view(RESOURCE_QUOTAS).getKey(key);
    return quota === undefined ? undefined : sync(context, quota);
  },
};

function keyOf(quota: KubernetesObject): string {
  return `${namespaceOf(quota) ?? ''}/${nameOf(quota)}`;
}

/** A quota is looked at when it is new, when its limits change, and when one comes or goes, as quotas are counted too. */
function ownKeys({ key, type, object, old }: WatchEvent): readonly string[] {
  const isSame =
    type === 'MODIFIED' &&
    old !== undefined &&
    jsonEqual(valueAt(object, 'spec', 'hard'), valueAt(old, 'spec', 'hard'));
  return isSame ? [] : [key];
}

/** Quotas that have room again when an object goes, or uses less. What is made has been counted by admission. */
function replenished({ object, old, type }: WatchEvent, qualified: string, caches: Caches): readonly string[] {
  const isFreed = type === 'DELETED' || (type === 'MODIFIED' && old !== undefined && usesLess(object, old));
  const quotas = isFreed ? caches.view(RESOURCE_QUOTAS).list(namespaceOf(object)) : [];
  const evaluator = evaluatorOf(qualified);
  return quotas
    .filter((quota) => {
      const names = [...resourceListOf(valueAt(quota, 'status', 'hard')).keys()];
      return evaluator.matchingResources(names, viewOf(caches, 0, 0)).length > 0;
    })
    .map(keyOf);
}

/** Source: pkg/quota/v1/install/update_filter.go `DefaultUpdateFilter`, 1.36. */
function usesLess(object: KubernetesObject, old: KubernetesObject): boolean {
  switch (object.kind) {
    case 'Pod':
      return (
        (!isTerminal(old) && isTerminal(object)) ||
        numberAt(object, 'spec', 'activeDeadlineSeconds') !== numberAt(old, 'spec', 'activeDeadlineSeconds') ||
        !jsonEqual(valueAt(object, 'spec', 'containers'), valueAt(old, 'spec', 'containers'))
      );
    case 'Service':
      return stringAt(object, 'spec', 'type') !== stringAt(old, 'spec', 'type');
    case 'PersistentVolumeClaim':
      return ['resources', 'storageClassName', 'volumeAttributesClassName'].some(
        (field) => !jsonEqual(valueAt(object, 'spec', field), valueAt(old, 'spec', field)),
      );
    default:
      return false;
  }
}

/** What the evaluators read of the cluster: the controller's caches. */
function viewOf(caches: Caches, release: number, nowMs: number): ClusterView {
  const found = (group: string, kind: string): ResourceName | undefined =>
    kind === 'DeviceClass'
      ? DEVICE_CLASSES
      : COUNTED.find((counted) => counted.kind === kind && counted.name.group === group)?.name;
  return {
    release,
    nowMs: RUN_BEGINS_MS + nowMs,
    get(kind, namespace, name) {
      const resource = found(kind.group, kind.kind);
      return resource && caches.view(resource).get(namespace === '' ? undefined : namespace, name);
    },
    list(kind, namespace) {
      const resource = found(kind.group, kind.kind);
      return resource === undefined ? [] : caches.view(resource).list(namespace === '' ? undefined : namespace);
    },
    authorize: () => false,
    kinds: { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES },
    resourcesOf: () => [],
  };
}

/** Source: `syncResourceQuota`. */
function sync(context: ReconcileContext, quota: KubernetesObject): Outcome | void {
  const hard = resourceListOf(valueAt(quota, 'spec', 'hard'));
  const before = resourceListOf(valueAt(quota, 'status', 'used'));
  const resources = COUNTED.map(({ name, qualified }) => ({
    qualified,
    list: (namespace: string) => context.view(name).list(namespace),
  }));
  const counted = quotaUsage(quota, resources, viewOf(context, context.numbers.release, context.nowMs));
  const used = new Map([...before, ...counted].filter(([name]) => hard.has(name)));
  const isSame =
    valueAt(quota, 'status', 'hard') !== undefined &&
    valueAt(quota, 'status', 'used') !== undefined &&
    sameResources(hard, resourceListOf(valueAt(quota, 'status', 'hard'))) &&
    sameResources(used, before);
  if (isSame) return undefined;
  const printed = (list: typeof hard) =>
    Object.fromEntries([...list].map(([name, quantity]) => [name, canonicalQuantity(quantity)]));
  const at = { resource: RESOURCE_QUOTAS, namespace: namespaceOf(quota) ?? '', name: nameOf(quota) };
  const body: KubernetesObject = { ...quota, status: { hard: printed(hard), used: printed(used) } };
  const written = context.api.call({ ...at, verb: 'update', subresource: 'status', body });
  return written.ok ? undefined : { failed: written.message };
}
