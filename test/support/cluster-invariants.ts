import { conditionsOf, findCondition } from '../../src/apimachinery/conditions.ts';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../src/apimachinery/object.ts';
import { parseQuantity, quantityToNumber } from '../../src/apimachinery/quantity.ts';
import { arrayAt, booleanAt, nameAt, numberAt, stringAt, valueAt } from '../../src/base/json.ts';
import type { Cluster } from '../../src/simulator/cluster.ts';

/**
 * What holds in every cluster at every moment, checked from outside: nothing here is shared with what it checks. Gives
 * what is wrong, one line each.
 */
export function violations(cluster: Cluster): readonly string[] {
  const objects = cluster.objects();
  const ofKind = (kind: string): readonly KubernetesObject[] => objects.filter((object) => object.kind === kind);
  return [
    ...twice('uid', objects, (object) => stringAt(object, 'metadata', 'uid')),
    ...twice(
      'Pod address',
      ofKind('Pod').filter((pod) => !isOver(pod) && booleanAt(pod, 'spec', 'hostNetwork') !== true),
      (pod) => nameAt(pod, 'status', 'podIP'),
    ),
    ...twice('cluster address', ofKind('Service'), (service) => {
      const address = nameAt(service, 'spec', 'clusterIP');
      return address === 'None' ? undefined : address;
    }),
    ...ofKind('Node').flatMap((node) => overfull(node, ofKind('Pod'))),
    ...ofKind('Pod').flatMap(brokenPod),
  ];
}

/** What holds where nothing more happens and every part of the control plane runs. */
export function violationsAtRest(cluster: Cluster): readonly string[] {
  const objects = cluster.objects();
  const uids = new Set(objects.map((object) => stringAt(object, 'metadata', 'uid')));
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  return objects.flatMap((object) => {
    const found: string[] = [];
    const who = `${object.kind} ${namespaceOf(object) ?? ''}/${nameOf(object)}`;
    const owners = arrayAt(object, 'metadata', 'ownerReferences');
    if (owners.length > 0 && !owners.some((owner) => uids.has(stringAt(owner, 'uid'))))
      found.push(`${who}: no owner is left`);
    if (isBeingDeleted(object)) return found;
    if (object.kind === 'ReplicaSet') found.push(...unfinished(object, who, pods));
    if (object.kind === 'Service') found.push(...wrongEndpoints(object, who, pods, objects));
    if (object.kind === 'ResourceQuota') found.push(...miscounted(object, who, pods));
    if (object.kind === 'PodDisruptionBudget') found.push(...misjudged(object, who, pods));
    if (object.kind === 'StatefulSet') found.push(...outOfOrder(object, who, pods));
    return found;
  });
}

/** The EndpointSlices of a Service hold the addresses of its ready Pods as ready, and no other. */
function wrongEndpoints(
  service: KubernetesObject,
  who: string,
  pods: readonly KubernetesObject[],
  objects: readonly KubernetesObject[],
): readonly string[] {
  const selector = Object.entries(valueAt(service, 'spec', 'selector') ?? {});
  if (selector.length === 0) return [];
  const ready = pods
    .filter(
      (pod) =>
        namespaceOf(pod) === namespaceOf(service) &&
        !isBeingDeleted(pod) &&
        isReady(pod) &&
        selector.every(([key, value]) => stringAt(pod, 'metadata', 'labels', key) === value),
    )
    .map((pod) => stringAt(pod, 'status', 'podIP'));
  const listed = objects
    .filter(
      (slice) =>
        slice.kind === 'EndpointSlice' &&
        namespaceOf(slice) === namespaceOf(service) &&
        stringAt(slice, 'metadata', 'labels', 'kubernetes.io/service-name') === nameOf(service),
    )
    .flatMap((slice) => arrayAt(slice, 'endpoints'))
    .filter((endpoint) => booleanAt(endpoint, 'conditions', 'ready') === true)
    .flatMap((endpoint) => arrayAt(endpoint, 'addresses'));
  const [wanted, has] = [ready.toSorted().join(), listed.toSorted().join()];
  return wanted === has ? [] : [`${who}: ready Pods at ${wanted}, endpoints ${has}`];
}

/** A quota of Pods counts those that are not over, and of those that are deleted none that should be gone by now. */
function miscounted(quota: KubernetesObject, who: string, pods: readonly KubernetesObject[]): readonly string[] {
  const used = stringAt(quota, 'status', 'used', 'pods');
  const own = pods.filter(
    (pod) => namespaceOf(pod) === namespaceOf(quota) && !isOver(pod) && !isBeingDeleted(pod),
  ).length;
  return used === undefined || used === String(own) ? [] : [`${who}: counts ${used} Pods of ${own}`];
}

/** A budget knows how many of its Pods are healthy. */
function misjudged(budget: KubernetesObject, who: string, pods: readonly KubernetesObject[]): readonly string[] {
  const labels = Object.entries(valueAt(budget, 'spec', 'selector', 'matchLabels') ?? {});
  const healthy = pods.filter(
    (pod) =>
      namespaceOf(pod) === namespaceOf(budget) &&
      !isBeingDeleted(pod) &&
      isReady(pod) &&
      labels.every(([key, value]) => stringAt(pod, 'metadata', 'labels', key) === value),
  ).length;
  // What has no size cannot be counted (a DaemonSet): the budget then says so and allows nothing.
  const allowed = findCondition(conditionsOf(budget), 'DisruptionAllowed');
  if (stringAt(allowed, 'reason') === 'SyncFailed')
    return (numberAt(budget, 'status', 'disruptionsAllowed') ?? 0) === 0 ? [] : [`${who}: allows what it cannot count`];
  const said = numberAt(budget, 'status', 'currentHealthy') ?? 0;
  return said === healthy ? [] : [`${who}: says ${said} healthy Pods of ${healthy}`];
}

/** The Pods of a StatefulSet are numbered from nothing up, no more than it wants; in order, all but the last are ready. */
function outOfOrder(set: KubernetesObject, who: string, pods: readonly KubernetesObject[]): readonly string[] {
  const uid = stringAt(set, 'metadata', 'uid');
  const own = pods.filter((pod) => arrayAt(pod, 'metadata', 'ownerReferences').some((o) => stringAt(o, 'uid') === uid));
  const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
  const names = new Set(own.map(nameOf));
  const ordinals = Array.from({ length: own.length }, (_, ordinal) => `${nameOf(set)}-${ordinal}`);
  return [
    ...(own.length > wanted ? [`${who}: wants ${wanted} Pods, has ${own.length}`] : []),
    ...(ordinals.every((name) => names.has(name)) ? [] : [`${who}: has ${[...names].toSorted().join()}`]),
  ];
}

function isReady(pod: KubernetesObject): boolean {
  return arrayAt(pod, 'status', 'conditions').some(
    (condition) => stringAt(condition, 'type') === 'Ready' && stringAt(condition, 'status') === 'True',
  );
}

/** A ReplicaSet at rest has as many Pods as it wants, or says that it cannot create more, as where a quota is used up. */
function unfinished(set: KubernetesObject, who: string, pods: readonly KubernetesObject[]): readonly string[] {
  const uid = stringAt(set, 'metadata', 'uid');
  const own = pods.filter(
    (pod) =>
      !isOver(pod) &&
      !isBeingDeleted(pod) &&
      arrayAt(pod, 'metadata', 'ownerReferences').some((owner) => stringAt(owner, 'uid') === uid),
  );
  const wanted = numberAt(set, 'spec', 'replicas') ?? 1;
  const said = numberAt(set, 'status', 'replicas') ?? 0;
  const failure = findCondition(conditionsOf(set), 'ReplicaFailure');
  const isExplained = own.length < wanted && stringAt(failure, 'reason') === 'FailedCreate';
  return [
    ...(own.length === wanted || isExplained ? [] : [`${who}: wants ${wanted} Pods, has ${own.length}`]),
    ...(said === own.length ? [] : [`${who}: says ${said} Pods, has ${own.length}`]),
    ...(numberAt(set, 'status', 'observedGeneration') === numberAt(set, 'metadata', 'generation')
      ? []
      : [`${who}: has not been looked at since it changed`]),
  ];
}

function twice(
  what: string,
  objects: readonly KubernetesObject[],
  valueOf: (object: KubernetesObject) => string | undefined,
): readonly string[] {
  const seen = new Map<string, string>();
  return objects.flatMap((object) => {
    const value = valueOf(object);
    if (value === undefined) return [];
    const who = `${object.kind} ${namespaceOf(object) ?? ''}/${nameOf(object)}`;
    const other = seen.get(value);
    seen.set(value, who);
    return other === undefined ? [] : [`${what} ${value} of ${other} and ${who}`];
  });
}

function isOver(pod: KubernetesObject): boolean {
  const phase = stringAt(pod, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Pods on a Node do not ask for more than it has. */
function overfull(node: KubernetesObject, pods: readonly KubernetesObject[]): readonly string[] {
  const own = pods.filter((pod) => !isOver(pod) && stringAt(pod, 'spec', 'nodeName') === nameOf(node));
  const read = (text: string | undefined): number => {
    const quantity = text === undefined ? undefined : parseQuantity(text);
    return quantity === undefined ? 0 : quantityToNumber(quantity);
  };
  const asked = own
    .flatMap((pod) => arrayAt(pod, 'spec', 'containers'))
    .reduce<number>((sum, container) => sum + read(stringAt(container, 'resources', 'requests', 'cpu')), 0);
  const has = read(stringAt(node, 'status', 'allocatable', 'cpu'));
  const most = read(stringAt(node, 'status', 'allocatable', 'pods'));
  return [
    ...(asked > has + 1e-9 ? [`Node ${nameOf(node)}: ${asked} cores asked for of ${has}`] : []),
    ...(own.length > most ? [`Node ${nameOf(node)}: ${own.length} Pods of ${most}`] : []),
  ];
}

/** A Pod that runs has a Node and an address; one that is ready runs. */
function brokenPod(pod: KubernetesObject): readonly string[] {
  const who = `Pod ${namespaceOf(pod) ?? ''}/${nameOf(pod)}`;
  const isRunning = stringAt(pod, 'status', 'phase') === 'Running';
  return [
    ...(isRunning && nameAt(pod, 'spec', 'nodeName') === undefined ? [`${who} runs nowhere`] : []),
    ...(isReady(pod) && nameAt(pod, 'status', 'podIP') === undefined ? [`${who} is ready without an address`] : []),
    ...(isReady(pod) && !isRunning ? [`${who} is ready and does not run`] : []),
    ...(valueAt(pod, 'metadata', 'deletionTimestamp') !== undefined &&
    numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') === undefined
      ? [`${who} is being deleted without a time`]
      : []),
  ];
}
