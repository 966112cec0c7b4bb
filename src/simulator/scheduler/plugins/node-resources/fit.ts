import { podRequests } from '../../../../apimachinery/pod-resources.ts';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf } from '../../../../apimachinery/object.ts';
import { DEVICE_CLASS_PREFIX } from '../../../../admission/quota/resource-names.ts';
import { nameAt } from '../../../../base/json.ts';
import { isExtendedResourceName } from '../../../../kinds/shared/validation/resource-names.ts';
import { Action } from '../../cluster-event.ts';
import type { View } from '../../../client/view.ts';
import { deviceClassOf } from '../../device-classes.ts';
import type { QueueingHint } from '../../cluster-event.ts';
import type { NodeInfo } from '../../node-info.ts';
import { nodeInfoOf } from '../../node-info.ts';
import type { SchedulerPlugin } from '../../plugin.ts';
import type { Amounts, PodInfo } from '../../pod-info.ts';
import { amountsOf } from '../../pod-info.ts';
import { hint, isPlaced, isSamePod } from '../event-hints.ts';
import { amountOf } from './scored-resources.ts';
import type { ScoringStrategy } from './scoring-strategy.ts';
import { strategyScorer } from './scoring-strategy.ts';

export interface NodeResourcesFitArgs {
  readonly scoringStrategy?: ScoringStrategy;
  /** Extended resources that are not looked at, and groups of them: the part before the slash. */
  readonly ignoredResources?: readonly string[];
  readonly ignoredResourceGroups?: readonly string[];
}

/** Source: pkg/scheduler/framework/plugins/noderesources/fit.go, 1.36. */
export function nodeResourcesFit(args: NodeResourcesFitArgs = {}): SchedulerPlugin {
  const scorer = strategyScorer(args.scoringStrategy ?? { type: 'LeastAllocated' });
  const resources = new Set(args.ignoredResources);
  const groups = new Set(args.ignoredResourceGroups);
  const isIgnored = (name: string) =>
    (resources.has(name) || groups.has(name.split('/')[0]!)) && isExtendedResourceName(name);
  const ignores = resources.size + groups.size > 0 ? isIgnored : undefined;
  return {
    name: 'NodeResourcesFit',
    isLocal: true,
    events: [
      {
        event: { resource: 'Pod', actions: Action.Delete | Action.UpdatePodScaleDown },
        hint: ({ pod }, before, after) => hintAfterPod(pod, before, after),
      },
      {
        event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeAllocatable },
        hint: (pod, before, after, snapshot) => hintAfterNode(pod, before, after, snapshot.view('deviceclasses')),
      },
      {
        event: { resource: 'resource.k8s.io/DeviceClass', actions: Action.Add | Action.Update },
        hint: ({ pod }, before, after) => hint(isHelpedByClass(pod, before, after)),
      },
    ],
    filter(pod, node, _state, snapshot) {
      const short = insufficientResources(pod.requests, node, snapshot.view('deviceclasses'), ignores);
      if (short.length === 0) return undefined;
      return {
        code: short.some(({ neverFits }) => neverFits) ? 'UnschedulableAndUnresolvable' : 'Unschedulable',
        reasons: short.map(({ reason }) => reason),
      };
    },
    score: (pod, node) => scorer(pod, node),
  };
}

interface InsufficientResource {
  readonly reason: string;
  /** More is asked for than the Node has, even if it were empty. */
  readonly neverFits: boolean;
}

const FITS: readonly InsufficientResource[] = Object.freeze([]);
const PLAIN = ['cpu', 'memory', 'ephemeral-storage'];

export function insufficientResources(
  requests: Amounts,
  node: NodeInfo,
  classes: View,
  ignores?: (name: string) => boolean,
): readonly InsufficientResource[] {
  if (requests.scalar === undefined && hasRoom(requests, node)) return FITS;
  let short: InsufficientResource[] | undefined;
  if (node.pods.length + 1 > node.allowedPods) (short ??= []).push({ reason: 'Too many pods', neverFits: false });
  for (const name of PLAIN) check(name, amountOf(requests, name));
  if (requests.scalar !== undefined)
    for (const [name, wanted] of requests.scalar)
      if (ignores?.(name) !== true && !isLeftToDevices(name, node, classes)) check(name, wanted);
  return short ?? FITS;

  function check(name: string, wanted: number): void {
    const capacity = amountOf(node.allocatable, name);
    if (wanted > 0 && wanted > capacity - amountOf(node.requested, name))
      (short ??= []).push({ reason: `Insufficient ${name}`, neverFits: wanted > capacity });
  }
}

/**
 * Whether the Node's device plugins have none of the resource, and a class of devices stands behind it: the plugin
 * DynamicResources then looks for them. Source: fit.go `shouldDelegateResourceToDRA`, 1.36.
 */
function isLeftToDevices(name: string, node: NodeInfo, classes: View): boolean {
  return (node.allocatable.scalar?.get(name) ?? 0) <= 0 && deviceClassOf(name, classes) !== undefined;
}

/** Source: fit.go `isSchedulableAfterDeviceClassEvent`, 1.36. */
function isHelpedByClass(
  pod: KubernetesObject,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): boolean {
  if (after === undefined) return false;
  const resource = nameAt(after, 'spec', 'extendedResourceName');
  const requests = podRequests(pod);
  if (before === undefined) {
    if (requests.has(DEVICE_CLASS_PREFIX + nameOf(after))) return true;
  } else if (nameAt(before, 'spec', 'extendedResourceName') === resource) return false;
  return resource !== undefined && requests.has(resource);
}

/** The same for what nearly all Pods request, without a list. */
function hasRoom(requests: Amounts, { pods, allowedPods, allocatable, requested }: NodeInfo): boolean {
  return (
    pods.length < allowedPods &&
    (requests.cpuMilli === 0 || requests.cpuMilli <= allocatable.cpuMilli - requested.cpuMilli) &&
    (requests.memoryBytes === 0 || requests.memoryBytes <= allocatable.memoryBytes - requested.memoryBytes) &&
    (requests.ephemeralBytes === 0 || requests.ephemeralBytes <= allocatable.ephemeralBytes - requested.ephemeralBytes)
  );
}

function hintAfterPod(
  pod: KubernetesObject,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): QueueingHint {
  if (after === undefined) return hint(isPlaced(before));
  if (isSamePod(pod, after)) return 'Queue';
  if (nameAt(after, 'spec', 'nodeName') === undefined || before === undefined) return 'QueueSkip';
  const [was, is, wanted] = [requestsOf(before), requestsOf(after), requestsOf(pod)];
  const frees = (name: string) => amountOf(wanted, name) > 0 && amountOf(was, name) > amountOf(is, name);
  return hint([...PLAIN, ...(wanted.scalar?.keys() ?? [])].some(frees));
}

function requestsOf(pod: KubernetesObject): Amounts {
  return amountsOf(podRequests(pod, { useStatusResources: true, inPlacePodLevelScaling: true }));
}

function hintAfterNode(
  { requests }: PodInfo,
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
  classes: View,
): QueueingHint {
  if (after === undefined) return 'QueueSkip';
  const is = nodeInfoOf(after);
  if (insufficientResources(requests, is, classes).length > 0) return 'QueueSkip';
  if (before === undefined) return 'Queue';
  const was = nodeInfoOf(before);
  if (is.allowedPods > was.allowedPods) return 'Queue';
  const grew = (name: string) =>
    amountOf(requests, name) > 0 && amountOf(is.allocatable, name) > amountOf(was.allocatable, name);
  const isLeft = ([name, amount]: readonly [string, number]) => amount !== 0 && isLeftToDevices(name, is, classes);
  return hint([...PLAIN, ...(requests.scalar?.keys() ?? [])].some(grew) || [...(requests.scalar ?? [])].some(isLeft));
}
