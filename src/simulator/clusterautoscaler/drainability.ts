import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { controllerOf } from '../../apimachinery/owner-reference.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../base/json.ts';
import { runTimeOf } from '../controllers/workload/pod-state.ts';
import type { NodeInfo } from '../scheduler/node-info.ts';
import type { PodInfo } from '../scheduler/pod-info.ts';
import type { RemainingBudgets } from './remaining-budgets.ts';
import { isMirror, isOfDaemonSet } from './pod-groups.ts';

/** Source: cluster-autoscaler/utils/drain/drain.go, 1.36.1. */
export const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const SAFE_LOCAL_VOLUMES = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes';
const LONG_TERMINATING_MS = 30_000;

/** Why a Pod keeps its Node. Source: `BlockingPodReason` in cluster-autoscaler/utils/drain/drain.go, 1.36.1. */
export type BlockingReason =
  | 'ControllerNotFound'
  | 'MinReplicasReached'
  | 'NotReplicated'
  | 'LocalStorageRequested'
  | 'NotSafeToEvictAnnotation'
  | 'UnmovableKubeSystemPod'
  | 'NotEnoughPdb';

/** What becomes of a Pod when its Node is drained. */
export type Drainability =
  | { readonly outcome: 'drain' | 'skip' | 'wait' }
  | { readonly outcome: 'block'; readonly reason: BlockingReason; readonly error: string };

export interface DrainRules {
  readonly skipNodesWithCustomControllerPods: boolean;
  readonly skipNodesWithSystemPods: boolean;
  readonly skipNodesWithLocalStorage: boolean;
  readonly minReplicaCount: number;
  readonly systemPodTimeoutMs: number;
}

export interface DrainScene {
  readonly rules: DrainRules;
  readonly budgets: RemainingBudgets;
  readonly nowMs: number;
  /** An owner by its plural and `namespace/name`; undefined where it is gone. */
  owner(plural: OwnerPlural, key: string): KubernetesObject | undefined;
}

export type OwnerPlural = 'replicationcontrollers' | 'daemonsets' | 'jobs' | 'replicasets' | 'statefulsets';

const DRAIN: Drainability = { outcome: 'drain' };
const SKIP: Drainability = { outcome: 'skip' };
const WAIT: Drainability = { outcome: 'wait' };

/** One reason for which a Pod may or may not be moved; undefined where it says nothing. */
export interface DrainRule {
  /** The folder of cluster-autoscaler/simulator/drainability/rules that it stands in. */
  readonly name: string;
  rule(info: PodInfo, scene: DrainScene): Drainability | undefined;
}

const annotationOf = ({ pod }: PodInfo): string | undefined => stringAt(pod, 'metadata', 'annotations', SAFE_TO_EVICT);

/** In their order. Source: cluster-autoscaler/simulator/drainability/rules/rules.go `Default`, 1.36.1. */
export const DRAIN_RULES: readonly DrainRule[] = [
  { name: 'mirror', rule: (info) => (isMirror(info) ? SKIP : undefined) },
  { name: 'longterminating', rule: ({ pod }, { nowMs }) => (isLongTerminating(pod, nowMs) ? SKIP : undefined) },
  {
    name: 'replicacount',
    rule: (info, scene) => (scene.rules.skipNodesWithCustomControllerPods ? lostController(info, scene) : undefined),
  },
  { name: 'daemonset', rule: (info) => (isOfDaemonSet(info) ? DRAIN : undefined) },
  { name: 'safetoevict', rule: (info) => (annotationOf(info) === 'true' ? DRAIN : undefined) },
  { name: 'terminal', rule: ({ pod }) => (isOver(pod) ? DRAIN : undefined) },
  { name: 'oncompletion', rule: (info) => (annotationOf(info) === 'on-completion' ? WAIT : undefined) },
  { name: 'replicated', rule: replicated },
  { name: 'system', rule: ofSystem },
  {
    name: 'notsafetoevict',
    rule(info) {
      if (annotationOf(info) !== 'false') return undefined;
      return block('NotSafeToEvictAnnotation', `pod annotated as not safe to evict present: ${nameOf(info.pod)}`);
    },
  },
  {
    name: 'localstorage',
    rule({ pod }, { rules }) {
      if (!rules.skipNodesWithLocalStorage || !hasLocalStorage(pod)) return undefined;
      return block('LocalStorageRequested', `pod with local storage present: ${nameOf(pod)}`);
    },
  },
  {
    name: 'pdb',
    rule(info, { budgets }) {
      if (!budgets.matching(info).some((left) => left < 1)) return undefined;
      const place = `${info.namespace}/${nameOf(info.pod)}`;
      return block('NotEnoughPdb', `not enough pod disruption budget to move ${place}`);
    },
  },
];

/** Whether a Pod may be moved away: the first rule that says something decides. */
export function drainability(info: PodInfo, scene: DrainScene): Drainability {
  for (const { rule } of DRAIN_RULES) {
    const verdict = rule(info, scene);
    if (verdict !== undefined) return verdict;
  }
  return DRAIN;
}

function replicated({ pod, namespace }: PodInfo, { rules }: DrainScene): Drainability | undefined {
  const owner = controllerOf(pod);
  const isReplicated = owner !== undefined && (!rules.skipNodesWithCustomControllerPods || REPLICATING.has(owner.kind));
  return isReplicated ? undefined : block('NotReplicated', `${namespace}/${nameOf(pod)} is not replicated`);
}

/** Pods of kube-system that no budget speaks for stay for a while. */
function ofSystem(info: PodInfo, { rules, budgets, nowMs }: DrainScene): Drainability | undefined {
  const { pod, namespace } = info;
  if (!rules.skipNodesWithSystemPods || namespace !== 'kube-system' || budgets.matching(info).length > 0)
    return undefined;
  const made = runTimeOf(stringAt(pod, 'metadata', 'creationTimestamp'));
  if (made !== undefined && nowMs > made + rules.systemPodTimeoutMs) return DRAIN;
  const words = 'non-daemonset, non-mirrored, non-pdb-assigned kube-system pod present';
  return block('UnmovableKubeSystemPod', `${words}: ${nameOf(pod)}`);
}

function block(reason: BlockingReason, error: string): Drainability {
  return { outcome: 'block', reason, error };
}

/** Source: cluster-autoscaler/simulator/drainability/rules/replicated/rule.go, 1.36.1. */
const REPLICATING = new Set(['ReplicationController', 'Job', 'ReplicaSet', 'StatefulSet']);

const OWNERS: ReadonlyMap<string, { readonly plural: OwnerPlural; readonly group: string; readonly word: string }> =
  new Map([
    ['ReplicationController', { plural: 'replicationcontrollers', group: '', word: 'replication controller' }],
    ['DaemonSet', { plural: 'daemonsets', group: 'apps', word: 'daemonset' }],
    ['Job', { plural: 'jobs', group: 'batch', word: 'job' }],
    ['ReplicaSet', { plural: 'replicasets', group: 'apps', word: 'replication controller' }],
    ['StatefulSet', { plural: 'statefulsets', group: 'apps', word: 'statefulset' }],
  ] as const);

/** Source: cluster-autoscaler/simulator/drainability/rules/replicacount/rule.go, 1.36.1. */
function lostController({ pod, namespace }: PodInfo, { rules, owner: find }: DrainScene): Drainability | undefined {
  const owner = controllerOf(pod);
  const known = owner === undefined ? undefined : OWNERS.get(owner.kind);
  if (owner === undefined || known === undefined) return undefined;
  const [group] = owner.apiVersion.includes('/') ? owner.apiVersion.split('/') : [''];
  const isOther = ['daemonsets', 'statefulsets'].includes(known.plural) && group !== known.group;
  if (isOther) return undefined;
  const place = `${namespace}/${nameOf(pod)}`;
  const object = find(known.plural, `${namespace}/${owner.name}`);
  if (object === undefined) return block('ControllerNotFound', `${known.word} for ${place} is not available`);
  const isCounted = known.plural === 'replicationcontrollers' || known.plural === 'replicasets';
  const replicas = numberAt(object, 'spec', 'replicas') ?? 1;
  if (!isCounted || replicas >= rules.minReplicaCount) return undefined;
  const words = `has too few replicas spec: ${replicas} min: ${rules.minReplicaCount}`;
  return block('MinReplicasReached', `replication controller for ${place} ${words}`);
}

/** Source: cluster-autoscaler/utils/drain/drain.go `IsPodTerminal`, 1.36.1. */
function isOver(pod: KubernetesObject): boolean {
  const [phase, policy] = [stringAt(pod, 'status', 'phase'), stringAt(pod, 'spec', 'restartPolicy')];
  return phase === 'Failed' || (phase === 'Succeeded' && (policy === 'Never' || policy === 'OnFailure'));
}

/** Source: `HasBlockingLocalStorage`, 1.36.1. */
function hasLocalStorage(pod: KubernetesObject): boolean {
  const harmless = (stringAt(pod, 'metadata', 'annotations', SAFE_LOCAL_VOLUMES) ?? '').split(',');
  return arrayAt(pod, 'spec', 'volumes').some((volume) => {
    const emptyDir = objectAt(volume, 'emptyDir');
    const isLocal =
      objectAt(volume, 'hostPath') !== undefined || (emptyDir !== undefined && emptyDir['medium'] !== 'Memory');
    return isLocal && !harmless.includes(stringAt(volume, 'name') ?? '');
  });
}

/** Source: `IsPodLongTerminating`, 1.36.1. */
export function isLongTerminating(pod: KubernetesObject, nowMs: number): boolean {
  const deleted = runTimeOf(stringAt(pod, 'metadata', 'deletionTimestamp'));
  if (deleted === undefined) return false;
  const graceMs = (numberAt(pod, 'spec', 'terminationGracePeriodSeconds') ?? 30) * 1000;
  return deleted + graceMs + LONG_TERMINATING_MS < nowMs;
}

/** The Pods that a drain of a Node would move, and those that it would leave or wait for. */
export interface PodsToMove {
  readonly pods: readonly PodInfo[];
  readonly daemons: readonly PodInfo[];
  readonly onCompletion: readonly PodInfo[];
}

/** Or why it cannot be drained. Source: cluster-autoscaler/simulator/drain.go `GetPodsToMove`, 1.36.1. */
export function podsToMove(node: NodeInfo, scene: DrainScene): PodsToMove | { readonly error: string } {
  const [pods, daemons, onCompletion]: [PodInfo[], PodInfo[], PodInfo[]] = [[], [], []];
  for (const pod of node.pods) {
    const verdict = drainability(pod, scene);
    if (verdict.outcome === 'block') return { error: verdict.error };
    if (verdict.outcome === 'wait') onCompletion.push(pod);
    if (verdict.outcome === 'drain') (isOfDaemonSet(pod) ? daemons : pods).push(pod);
  }
  return { pods, daemons, onCompletion };
}
