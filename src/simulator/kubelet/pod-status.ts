import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import { podRequests } from '../../apimachinery/pod-resources.ts';
import { qosClassOf } from '../../apimachinery/qos-class.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, nameAt, numberAt, stringAt } from '../../base/json.ts';
import type { ConditionFact } from './conditions.ts';
import { allRestarting, containersReady, podInitialized, podReady, readyToStart } from './conditions.ts';
import type { StatusSources } from './container-status.ts';
import { containerStatuses } from './container-status.ts';
import { phaseOf } from './phase.ts';
import type { PodCgroup } from './pod-cgroup.ts';
import { sortPodIps } from './pod-ips.ts';
import type { Ended } from './pod-record.ts';
import { listOf, resourcesStatus } from './pod-resources-status.ts';
import { containersOf, hasStartedRegular, isHostNetwork } from './pod-runtime.ts';
import { couldAllRestart } from './restart.ts';

/** What a Pod's status is made of. */
export interface PodStatusSources extends StatusSources {
  /** Addresses of the Node, the primary one first. */
  readonly hostIps: readonly string[];
  /** Nothing of the Pod will be started any more. */
  readonly isTerminal: boolean;
  /** The Pod has failed because somebody on the Node says so: `DeadlineExceeded`. */
  readonly evicted?: Ended | undefined;
  /** The cgroup of the Pod as it is read; undefined before it is there. */
  readonly cgroup: PodCgroup | undefined;
  /** Conditions of a resize. */
  readonly resize: readonly ConditionFact[];
  /** Adds what probes have found: `started` and `ready`. */
  probed(status: JsonObject, container: JsonValue, isInit: boolean): JsonObject;
}

/** Conditions that the kubelet makes; all others are left as they are. Source: pkg/kubelet/types/pod_status.go, 1.36. */
const OWN_CONDITIONS = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'PodResizePending',
  'PodResizeInProgress',
  'AllContainersRestarting',
]);

const OVER = ['Succeeded', 'Failed'];

/**
 * The status of a Pod, with conditions that have no times yet.
 * Source: pkg/kubelet/kubelet_pods.go `generateAPIPodStatus`, 1.36.
 */
export function podStatus(sources: PodStatusSources): JsonObject {
  const { pod, runtime, before, hostIps, isTerminal, evicted, cgroup } = sources;
  const inits = withProbes(sources, 'init');
  const regular = withProbes(sources, 'regular');
  const ephemeral = containerStatuses(sources, 'ephemeral');
  const all = [...inits, ...regular];
  const made = phaseOf(pod, [...regular, ...inits], isTerminal, hasStartedRegular(pod, runtime));
  const phase = evicted === undefined ? keptPhase(made, pod, before) : 'Failed';
  const isSamePhase = phase === stringAt(before, 'phase');
  const why = evicted ?? (isSamePhase ? before : {});
  const ended = evicted?.condition;
  const others = conditionsOf(pod).filter(({ type }) => !OWN_CONDITIONS.has(String(type)) && type !== ended?.type);
  const known = all.length === 0 ? undefined : all;
  const facts: readonly ConditionFact[] = [
    ...sources.resize,
    readyToStart(pod, runtime),
    podInitialized(pod, before, known, phase),
    podReady(pod, others, known, phase),
    containersReady(pod, known, phase),
    { type: 'PodScheduled', status: 'True' },
    ...(ended === undefined ? [] : [ended]),
    ...(couldAllRestart(pod) ? [allRestarting(pod, runtime, before, phase)] : []),
  ];
  const generation = numberAt(pod, 'metadata', 'generation');
  const seen = generation === undefined ? {} : { observedGeneration: generation };
  const [hostIp = ''] = hostIps;
  const ips = isHostNetwork(pod) ? hostIps : sortPodIps(addressesOf(sources), hostIp);
  const allocated = listOf(podRequests(pod as JsonValue));
  return {
    ...seen,
    phase,
    ...textAt(why, 'reason'),
    ...textAt(why, 'message'),
    conditions: [...others, ...facts.map((fact) => ({ ...seen, ...fact }))],
    hostIP: hostIp,
    hostIPs: hostIps.map((ip) => ({ ip })),
    ...(ips[0] === undefined ? {} : { podIP: ips[0], podIPs: ips.map((ip) => ({ ip })) }),
    ...(inits.length === 0 ? {} : { initContainerStatuses: inits }),
    ...(regular.length === 0 ? {} : { containerStatuses: regular }),
    ...(ephemeral.length === 0 ? {} : { ephemeralContainerStatuses: ephemeral }),
    qosClass: qosClassOf(pod as JsonValue),
    resources: resourcesStatus(pod as JsonValue, before, cgroup),
    ...(Object.keys(allocated).length === 0 ? {} : { allocatedResources: allocated }),
  };
}

function withProbes(sources: PodStatusSources, kind: 'init' | 'regular'): readonly JsonObject[] {
  const specs = containersOf(sources.pod, kind);
  return containerStatuses(sources, kind).map((status) => {
    const spec = specs.find((container) => stringAt(container, 'name') === stringAt(status, 'name')) ?? null;
    return sources.probed(status, spec, kind === 'init');
  });
}

/** A phase in which a Pod has ended is never left. */
function keptPhase(made: string, pod: unknown, before: JsonObject): string {
  const told = stringAt(pod, 'status', 'phase') ?? '';
  if (OVER.includes(told)) return told;
  const last = stringAt(before, 'phase') ?? '';
  return !OVER.includes(made) && OVER.includes(last) ? last : made;
}

/** The addresses of the sandbox; after it has gone those that were told. */
function addressesOf({ runtime, before }: PodStatusSources): readonly string[] {
  const [newest] = runtime.sandboxes;
  if (newest?.isReady !== true) return arrayAt(before, 'podIPs').flatMap((one) => nameAt(one, 'ip') ?? []);
  return newest.ip === '' ? [] : [newest.ip, ...(newest.additionalIps ?? [])];
}

function textAt(from: unknown, field: string): JsonObject {
  const text = stringAt(from, field) ?? '';
  return text === '' ? {} : { [field]: text };
}

/** Times of the conditions: a condition keeps its time as long as its status. */
export function dated(status: JsonObject, before: JsonObject, pod: unknown, now: string): JsonObject {
  const old = conditionsOf({ status: before });
  const told = conditionsOf(pod);
  const conditions = conditionsOf({ status }).map((condition) => {
    const type = stringAt(condition, 'type') ?? '';
    const last = findCondition(old, type) ?? findCondition(told, type);
    const isSame = last !== undefined && stringAt(last, 'status') === stringAt(condition, 'status');
    const since = isSame ? stringAt(last, 'lastTransitionTime') : undefined;
    return { ...condition, lastTransitionTime: since ?? now };
  });
  const startTime = stringAt(before, 'startTime') ?? stringAt(pod, 'status', 'startTime') ?? now;
  return { ...status, ...(conditions.length === 0 ? {} : { conditions }), startTime };
}
