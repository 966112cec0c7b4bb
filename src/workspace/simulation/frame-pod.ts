import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { arrayAt, booleanAt, nameAt, numberAt, stringAt } from '../../base/json.ts';

export type PodState =
  | 'pending'
  | 'creating'
  | 'waiting'
  | 'running'
  | 'ready'
  | 'terminating'
  | 'succeeded'
  | 'failed';

/** A Pod as the pictures show it. */
export interface FramePod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** Its Node; undefined while it has none. */
  readonly node?: string;
  readonly state: PodState;
  /** Why it waits, in the kubelet's or the scheduler's word. */
  readonly reason?: string;
  readonly restarts: number;
  /** What made it, at the end of the chain of owners: `Deployment/shop/web`. */
  readonly workload?: string;
}

/** Objects never change, so what was said of one holds for ever. */
const known = new WeakMap<KubernetesObject, FramePod>();

/** A Pod, and what is drawn of it. */
export interface PodOfNode {
  readonly object: KubernetesObject;
  readonly pod: FramePod;
}

export function framePods(objects: readonly KubernetesObject[]): readonly PodOfNode[] {
  const owners = ownersOf(objects);
  return objects
    .filter(({ kind, apiVersion }) => kind === 'Pod' && apiVersion === 'v1')
    .map((object) => {
      const workload = workloadOf(object, owners);
      const before = known.get(object);
      if (before !== undefined && before.workload === workload) return { object, pod: before };
      const pod = framePod(object, workload);
      known.set(object, pod);
      return { object, pod };
    });
}

/** Kinds that stand between a Pod and what a person made. */
const BETWEEN: ReadonlySet<string> = new Set(['ReplicaSet', 'Job']);

function ownersOf(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  return new Map(
    objects.flatMap((object): [string, KubernetesObject][] =>
      BETWEEN.has(object.kind) ? [[stringAt(object, 'metadata', 'uid') ?? '', object]] : [],
    ),
  );
}

/** `Deployment/shop/web`: what made an object, past the ReplicaSet or the Job in between. */
function workloadOf(object: KubernetesObject, owners: ReadonlyMap<string, KubernetesObject>): string | undefined {
  const reference = arrayAt(object, 'metadata', 'ownerReferences').find(
    (owner) => booleanAt(owner, 'controller') === true,
  );
  const [kind, name] = [stringAt(reference, 'kind'), stringAt(reference, 'name')];
  if (kind === undefined || name === undefined) return undefined;
  const owner = owners.get(stringAt(reference, 'uid') ?? '');
  return (owner && workloadOf(owner, owners)) ?? `${kind}/${namespaceOf(object) ?? ''}/${name}`;
}

function framePod(pod: KubernetesObject, workload: string | undefined): FramePod {
  const containers = [
    ...arrayAt(pod, 'status', 'initContainerStatuses'),
    ...arrayAt(pod, 'status', 'containerStatuses'),
  ];
  const waiting = containers.map((container) => stringAt(container, 'state', 'waiting', 'reason')).find(Boolean);
  const unscheduled = arrayAt(pod, 'status', 'conditions').find(
    (condition) => stringAt(condition, 'type') === 'PodScheduled' && stringAt(condition, 'status') === 'False',
  );
  const reason = stringAt(unscheduled, 'reason') ?? waiting ?? stringAt(pod, 'status', 'reason');
  const node = nameAt(pod, 'spec', 'nodeName');
  return {
    uid: stringAt(pod, 'metadata', 'uid') ?? '',
    namespace: namespaceOf(pod) ?? '',
    name: nameOf(pod),
    ...(node === undefined ? {} : { node }),
    state: stateOf(pod, waiting),
    ...(reason === undefined ? {} : { reason }),
    restarts: containers.reduce<number>((sum, container) => sum + (numberAt(container, 'restartCount') ?? 0), 0),
    ...(workload === undefined ? {} : { workload }),
  };
}

/** Reasons of waiting that are part of the way, not trouble. */
const ON_THE_WAY: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

function stateOf(pod: KubernetesObject, waiting: string | undefined): PodState {
  if (isBeingDeleted(pod)) return 'terminating';
  const phase = stringAt(pod, 'status', 'phase');
  if (phase === 'Succeeded') return 'succeeded';
  if (phase === 'Failed') return 'failed';
  if (waiting !== undefined && !ON_THE_WAY.has(waiting)) return 'waiting';
  if (nameAt(pod, 'spec', 'nodeName') === undefined) return 'pending';
  if (phase !== 'Running') return 'creating';
  const isReady = arrayAt(pod, 'status', 'conditions').some(
    (condition) => stringAt(condition, 'type') === 'Ready' && stringAt(condition, 'status') === 'True',
  );
  return isReady ? 'ready' : 'running';
}
