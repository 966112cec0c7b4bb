import { conditionsOf, findCondition } from '../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt, jsonEqual, objectAt, stringAt, valueAt } from '../../base/json.ts';
import { recordEvent } from '../client/event-recorder.ts';
import type { Context } from '../component.ts';
import { registerDriver } from './claims/register-drivers.ts';
import { timeOf } from '../kernel/clock.ts';
import { markNode, withOwnLabels } from './node-labels.ts';
import { imageIdOf, qualifiedImage } from './image-name.ts';
import { isBeatTaken, renewLease } from './node-lease.ts';
import { ask } from './state.ts';
import type { KubeletState } from './state.ts';

const NODES = { group: '', version: 'v1', plural: 'nodes' } as const;

export const REGISTER = 'register';
export const REPORT = 'report-node';
/** Name of the timer with which the status is looked at, as it is every ten seconds: where it has changed, it is told. */
export const SYNC = 'sync-node';
/** Source: pkg/kubelet/apis/config/v1beta1/defaults.go `NodeStatusUpdateFrequency`, `NodeStatusMaxImages`, 1.36. */
const UPDATE_MS = 10_000;
const MOST_IMAGES = 50;

/** Source: pkg/kubelet/kubelet.go `updateRuntimeUp`; what containerd says is assumed to be what it says since 1.6. */
export const NETWORK_NOT_READY =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

export function register(state: KubeletState, context: Context): void {
  ask(state, { type: 'register' }, { verb: 'create', resource: NODES, body: withOwnLabels(state) }, context);
}

/** Source: pkg/kubelet/kubelet_node_status.go `registerWithAPIServer`, 1.36: from 100 ms on, doubled up to 7 s. */
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 7000;

export function registered(state: KubeletState, code: number, context: Context): void {
  const isThere = (code >= 200 && code < 300) || code === 409;
  if (!isThere) {
    state.registerMs = Math.min(state.registerMs === 0 ? FIRST_RETRY_MS : state.registerMs * 2, LONGEST_RETRY_MS);
    return context.timer(state.registerMs, REGISTER);
  }
  state.isRegistered = true;
  markNode(state, context);
  report(state, context);
  renewLease(state, context);
  registerDriver(state, 0, context);
  tellOfNode(state, 'Normal', 'Starting', 'Starting kubelet.', context);
  if (!state.isRebooted) return;
  const words = `Node ${nameOf(state.settings.node)} has been rebooted, boot id: boot-${state.boot}`;
  tellOfNode(state, 'Warning', 'Rebooted', words, context);
}

export function tellOfNode(
  state: KubeletState,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  context: Context,
): void {
  const { node } = state.settings;
  const name = nameOf(node);
  // The kubelet names its Node by name alone, as uid too.
  const about: KubernetesObject = { apiVersion: '', kind: 'Node', metadata: { name, uid: name } };
  recordEvent(state.recorder, state.client, { about, type, reason, message }, context);
}

/**
 * The whole status now, and again in five minutes.
 * Source: pkg/kubelet/kubelet_node_status.go `tryUpdateNodeStatus`, 1.36: it is looked at every ten seconds, and sent where
 * something has changed, or nothing was sent for that long.
 */
export function report(state: KubeletState, context: Context): void {
  if (!saysNothingNew(state, context) || !isBeatTaken(state, 'Node', context))
    sendReport(state, nodeStatus(state, context), context);
  context.timer(context.numbers.kubelet.reportMs, REPORT, undefined, { periodic: true });
}

function saysNothingNew(state: KubeletState, context: Context): boolean {
  const { node } = state.node;
  if (state.report !== 'none' || state.isReportDue || valueAt(node, 'status', 'nodeInfo') === undefined) return false;
  return !differs(state, node, context);
}

function sendReport(state: KubeletState, status: JsonObject, context: Context): void {
  // One report is on its way at a time: a later one must not be overtaken.
  if (state.report !== 'none') {
    state.report = 'again';
    return;
  }
  state.report = 'sent';
  state.isReportDue = false;
  const before = conditionsOf(state.node.node);
  for (const { type, reason, status: now } of conditionsOfNow(state)) {
    const was = stringAt(findCondition(before, type), 'status') ?? (type === 'Ready' ? state.readySaid : undefined);
    if (was === undefined || was === now) continue;
    const told = reason.replace('Kubelet', 'Node');
    tellOfNode(state, 'Normal', told, `Node ${nameOf(state.settings.node)} status is now: ${told}`, context);
  }
  state.readySaid = state.isNetworkReady && state.shutdown === undefined ? 'True' : 'False';
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'Node', status: withAllAddresses(status) };
  const name = nameOf(state.settings.node);
  const call = { verb: 'patch', resource: NODES, name, subresource: 'status', body } as const;
  ask(state, { type: 'node-status' }, { ...call, options: { patchType: 'strategic' } }, context);
}

/**
 * Addresses are merged by their type, and there may be two of one: then the list takes the place of the one that is there.
 * Source: staging/src/k8s.io/component-helpers/node/util/status.go `fixupPatchForNodeStatusAddresses`, 1.36.
 */
function withAllAddresses(status: JsonObject): JsonObject {
  const addresses = arrayAt(status, 'addresses');
  const types = new Set(addresses.map((address) => stringAt(address, 'type')));
  return types.size === addresses.length ? status : { ...status, addresses: [...addresses, { $patch: 'replace' }] };
}

/** Source: pkg/kubelet/nodestatus/setters.go, 1.36. */
const PRESSURES = [
  {
    type: 'MemoryPressure',
    well: { reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
    short: { reason: 'KubeletHasInsufficientMemory', message: 'kubelet has insufficient memory available' },
  },
  {
    type: 'DiskPressure',
    well: { reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
    short: { reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure' },
  },
  {
    type: 'PIDPressure',
    well: { reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
    short: { reason: 'KubeletHasInsufficientPID', message: 'kubelet has insufficient PID available' },
  },
] as const;

interface OwnCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** A Node is ready when its network is, and it does not shut down. Source: pkg/kubelet/nodestatus/setters.go `ReadyCondition`, 1.36. */
function conditionsOfNow({ isNetworkReady, pressure, shutdown }: KubeletState): readonly OwnCondition[] {
  const problems = [
    ...(isNetworkReady ? [] : [NETWORK_NOT_READY]),
    ...(shutdown === undefined ? [] : ['node is shutting down']),
  ];
  const [problem] = problems;
  const message = problems.length > 1 ? `[${problems.join(', ')}]` : problem;
  const ready: OwnCondition =
    message === undefined
      ? { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' }
      : { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message };
  const pressures = PRESSURES.map(({ type, well, short }) =>
    pressure.conditions.includes(type) ? { type, status: 'True', ...short } : { type, status: 'False', ...well },
  );
  return [...pressures, ready];
}

/** What the kubelet has to say of its Node now. */
function nodeStatus(state: KubeletState, context: Context): JsonObject {
  const { node, hostIps } = state.settings;
  const { declaredFeatures, nodeInfo } = context.numbers.kubelet;
  const { capacity, allocatable } = (objectAt(node, 'status') ?? {}) as JsonObject;
  return {
    capacity: capacity ?? {},
    allocatable: allocatable ?? capacity ?? {},
    addresses: [
      ...hostIps.map((address) => ({ type: 'InternalIP', address })),
      { type: 'Hostname', address: nameOf(node) },
    ],
    conditions: ownConditions(state, timeOf(context.nowMs)),
    nodeInfo: { ...nodeInfo, bootID: `boot-${state.boot}`, machineID: nameOf(node), systemUUID: nameOf(node) },
    declaredFeatures,
    features: { supplementalGroupsPolicy: true },
    ...inUse(state),
    ...(state.images.size === 0 ? {} : { images: imagesOf(state) }),
  };
}

/** What is in use is told where anything is, or was. Source: pkg/kubelet/nodestatus/setters.go `VolumesInUse`, 1.36. */
function inUse({ devices, node }: KubeletState): JsonObject {
  const told = valueAt(node.node, 'status', 'volumesInUse');
  if (devices.size === 0 && told === undefined) return {};
  return { volumesInUse: devices.size === 0 ? null : [...devices.keys()].sort() };
}

/** The time of a change is that of the condition where it says what it said. */
function ownConditions(state: KubeletState, now: string): readonly JsonObject[] {
  const before = conditionsOf(state.node.node);
  return conditionsOfNow(state).map((condition) => {
    const was = findCondition(before, condition.type);
    const isSame = stringAt(was, 'status') === condition.status;
    const since = isSame ? (stringAt(was, 'lastTransitionTime') ?? now) : now;
    return { ...condition, lastHeartbeatTime: now, lastTransitionTime: since };
  });
}

/** The largest first. Source: pkg/kubelet/nodestatus/setters.go `Images`, 1.36. */
function imagesOf({ images }: KubeletState): readonly JsonObject[] {
  return [...images]
    .toSorted(([a, sizeA], [b, sizeB]) => sizeB - sizeA || (a < b ? -1 : 1))
    .slice(0, MOST_IMAGES)
    .map(([image, sizeBytes]) => ({ names: [imageIdOf(image), qualifiedImage(image)], sizeBytes }));
}

/** An image has come to the Node: told when the status is next looked at. */
export function imagesChanged(state: KubeletState, image: string, sizeBytes: number, context: Context): void {
  if (state.images.has(image)) return;
  state.images.set(image, sizeBytes);
  setSync(state, context);
}

/** An image has left the Node. */
export function imageRemoved(state: KubeletState, image: string, context: Context): void {
  if (state.images.delete(image)) setSync(state, context);
}

/** Somebody has written to the Node: where it is no longer what the kubelet says, the kubelet says it again. */
export function nodeChanged(state: KubeletState, node: KubernetesObject, context: Context): void {
  if (state.isRegistered && differs(state, node, context)) setSync(state, context);
}

/** The server has answered a report; one that it did not take is sent again. */
export function reportAnswered(state: KubeletState, code: number, context: Context): void {
  const isWanted = state.report === 'again';
  state.report = 'none';
  if (code < 200 || code >= 300) {
    state.isReportDue = true;
    setSync(state, context);
  } else if (isWanted) sendReport(state, nodeStatus(state, context), context);
}

/** The network of Pods has come, or the machine is to be switched off: told at once. */
export function reportNow(state: KubeletState, context: Context): void {
  sendReport(state, nodeStatus(state, context), context);
}

export function setSync(state: KubeletState, context: Context): void {
  if (state.isReportSet) return;
  state.isReportSet = true;
  context.timer(UPDATE_MS - (context.nowMs % UPDATE_MS), SYNC);
}

export function syncNode(state: KubeletState, context: Context): void {
  state.isReportSet = false;
  if (!state.isReportDue && !differs(state, state.node.node, context)) return;
  sendReport(state, nodeStatus(state, context), context);
}

/** Whether the Node says anything else than its kubelet; when that was last heard is no difference. `nodeStatusHasChanged`. */
function differs(state: KubeletState, node: KubernetesObject, context: Context): boolean {
  const own = nodeStatus(state, context);
  if (valueAt(node, 'status', 'nodeInfo') === undefined) return false;
  const { conditions: _, ...rest } = own;
  if (Object.entries(rest).some(([field, value]) => !jsonEqual(valueAt(node, 'status', field) ?? null, value)))
    return true;
  const there = conditionsOf(node);
  return conditionsOfNow(state).some(({ type, status, reason }) => {
    const condition = findCondition(there, type);
    return stringAt(condition, 'status') !== status || stringAt(condition, 'reason') !== reason;
  });
}
