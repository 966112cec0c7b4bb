import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, nameAt, numberAt, objectAt, valueAt } from '../../base/json.ts';
import type { Design, DesignRecord, RecordId } from '../../design/design.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { defaultSpecOfPod } from '../../kinds/shared/pod-spec/defaults/pod.ts';
import { nodeShouldRun, pinnedTo, withTolerations } from '../../simulator/controllers/daemonset/nodes.ts';

/** Pods that one object asks for and that are alike. */
export interface WantedPods {
  readonly record: RecordId;
  readonly count: number;
  /** One of them; the others differ in the name. */
  readonly pod: KubernetesObject;
  /** The StatefulSet that makes their claims. */
  readonly set?: KubernetesObject;
}

/** Every Pod that the design asks for, in the order of the design. */
export function wantedPods(
  design: Design,
  registry: KindRegistry,
  nodes: readonly KubernetesObject[],
): readonly WantedPods[] {
  const owned = ownedRecords(design);
  const priorities = prioritiesOf(design);
  return [...design.records.values()].flatMap((record) =>
    owned.has(record.id) ? [] : podsOf(record, registry, nodes, priorities),
  );
}

/** Objects that another object of the design made: their Pods are counted with their maker. */
function ownedRecords({ records }: Design): ReadonlySet<RecordId> {
  const named = new Set([...records.values()].map(({ object, namespace }) => ownerKey(namespace, object)));
  const owned = new Set<RecordId>();
  for (const { id, object, namespace } of records.values()) {
    for (const owner of arrayAt(object, 'metadata', 'ownerReferences')) {
      const key = isJsonObject(owner) ? `${namespace} ${String(owner['kind'])} ${String(owner['name'])}` : '';
      if (booleanAt(owner, 'controller') === true && named.has(key)) owned.add(id);
    }
  }
  return owned;
}

const ownerKey = (namespace: string, object: KubernetesObject): string =>
  `${namespace} ${object.kind} ${nameOf(object)}`;

function podsOf(
  record: DesignRecord,
  registry: KindRegistry,
  nodes: readonly KubernetesObject[],
  priorities: Priorities,
): readonly WantedPods[] {
  const { id, object, namespace } = record;
  const definition = registry.of(object);
  const template = definition.podTemplate?.(object);
  if (!template) return [];
  const labels = {
    ...Object.fromEntries(template.labels),
    ...Object.fromEntries(definition.podLabels?.(object)[0] ?? []),
  };
  const metadata = { name: nameOf(object), namespace, labels, ...ownerOf(object) };
  const specOf = (spec: JsonObject): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: withPriority(defaultSpecOfPod(spec) as JsonObject, priorities),
  });
  // What each kind's controller makes of its object; a kind that only keeps a template makes nothing.
  switch (`${object.kind}.${definition.group}`) {
    case 'Pod.':
      return [{ record: id, count: 1, pod: specOf(template.spec) }];
    case 'DaemonSet.apps': {
      const spec = withTolerations(template.spec);
      const chosen = nodes.filter((node) => nodeShouldRun(object, node).shouldRun);
      return chosen.map((node) => ({ record: id, count: 1, pod: specOf(pinnedTo(spec, nameOf(node))) }));
    }
    case 'StatefulSet.apps': {
      const count = definition.summary?.(object).pods ?? 0;
      const set = { ...object, metadata: { ...objectAt(object, 'metadata'), namespace } };
      return count === 0 ? [] : [{ record: id, count, pod: specOf(template.spec), set }];
    }
    case 'CronJob.batch': {
      const job = objectAt(object, 'spec', 'jobTemplate', 'spec');
      const count = booleanAt(object, 'spec', 'suspend') === true ? 0 : (numberAt(job, 'parallelism') ?? 1);
      return count === 0 ? [] : [{ record: id, count, pod: specOf(template.spec) }];
    }
    default: {
      const count = definition.summary?.(object).pods ?? 0;
      return count === 0 ? [] : [{ record: id, count, pod: specOf(template.spec) }];
    }
  }
}

/** Pods of a workload that makes ReplicaSets are theirs; the scheduler spreads the Pods of one owner. */
function ownerOf(object: KubernetesObject): JsonObject {
  if (object.kind === 'Pod') return {};
  const { apiVersion, kind } = isSpreadByOwner(object) ? object : { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
  return { ownerReferences: [{ apiVersion, kind, name: nameOf(object), uid: '', controller: true }] };
}

function isSpreadByOwner({ kind }: KubernetesObject): boolean {
  return kind === 'StatefulSet' || kind === 'ReplicationController';
}

/** The owners whose selectors tell which Pods belong together, as `ownerOf` names them. */
export function spreadingOwners(design: Design, registry: KindRegistry): readonly KubernetesObject[] {
  return [...design.records.values()].flatMap(({ object, namespace }) => {
    if (registry.of(object).podTemplate === undefined || valueAt(object, 'spec', 'selector') === undefined) return [];
    const spec = { selector: valueAt(object, 'spec', 'selector') ?? {} };
    const named = isSpreadByOwner(object) ? object : { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
    return [{ apiVersion: named.apiVersion, kind: named.kind, metadata: { name: nameOf(object), namespace }, spec }];
  });
}

interface Priorities {
  readonly named: ReadonlyMap<string, number>;
  readonly usual: number;
}

/** Source of the two that every cluster has: pkg/apis/scheduling/v1/helpers.go, 1.36. */
function prioritiesOf({ records }: Design): Priorities {
  const named = new Map([
    ['system-cluster-critical', 2_000_000_000],
    ['system-node-critical', 2_000_001_000],
  ]);
  let usual = 0;
  for (const { object } of records.values()) {
    if (object.kind !== 'PriorityClass' || !object.apiVersion.startsWith('scheduling.k8s.io/')) continue;
    const value = numberAt(object, 'value') ?? 0;
    named.set(nameOf(object), value);
    if (booleanAt(object, 'globalDefault') === true) usual = value;
  }
  return { named, usual };
}

function withPriority(spec: JsonObject, { named, usual }: Priorities): JsonObject {
  const name = nameAt(spec, 'priorityClassName');
  return { ...spec, priority: name === undefined ? usual : (named.get(name) ?? 0) };
}

/** Labels of a Node that say its role. */
export function rolesOf(node: KubernetesObject): readonly string[] {
  const prefix = 'node-role.kubernetes.io/';
  return [...labelsOf(node).keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
