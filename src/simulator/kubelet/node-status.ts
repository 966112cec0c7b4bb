import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { recordEvent } from '../client/event-recorder.ts';
import type { Context } from '../component.ts';
import { timeOf } from '../kernel/clock.ts';
import { imageIdOf, qualifiedImage } from './image-name.ts';
import { renewLease } from './node-lease.ts';
import { ask } from './state.ts';
import type { KubeletState } from './state.ts';

const NODES = { group: '', version: 'v1', plural: 'nodes' } as const;

export const REGISTER = 'register';
export const REPORT = 'report-node';
export const IMAGES = 'report-images';
const RETRY_MS = 1000;
/** Source: pkg/kubelet/apis/config/v1beta1/defaults.go `NodeStatusUpdateFrequency`, `NodeStatusMaxImages`, 1.36. */
const UPDATE_MS = 10_000;
const MOST_IMAGES = 50;

export function register(state: KubeletState, context: Context): void {
  ask(state, { type: 'register' }, { verb: 'create', resource: NODES, body: state.settings.node }, context);
}

export function registered(state: KubeletState, code: number, context: Context): void {
  if (code === 0) return context.timer(RETRY_MS, REGISTER);
  report(state, context);
  renewLease(state, context);
  tellOfNode(state, 'Normal', 'Starting', 'Starting kubelet.', context);
  if (!state.isRebooted) return;
  const words = `Node ${nameOf(state.settings.node)} has been rebooted, boot id: boot-${state.boot}`;
  tellOfNode(state, 'Warning', 'Rebooted', words, context);
}

function tellOfNode(
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

/** The whole status now, and again in five minutes. Source: pkg/kubelet/nodestatus/setters.go, 1.36. */
export function report(state: KubeletState, context: Context): void {
  sendReport(state, context);
  context.timer(context.numbers.kubelet.reportMs, REPORT, undefined, { periodic: true });
}

function sendReport(state: KubeletState, context: Context): void {
  const { node, hostIp } = state.settings;
  const { declaredFeatures, nodeInfo } = context.numbers.kubelet;
  const now = timeOf(context.nowMs);
  const condition = (type: string, status: string, reason: string, message: string): JsonObject => {
    const base = { type, status, reason, message, lastHeartbeatTime: now };
    return state.lease === undefined ? { ...base, lastTransitionTime: now } : base;
  };
  const { capacity, allocatable } = (objectAt(node, 'status') ?? {}) as JsonObject;
  const status = {
    capacity: capacity ?? {},
    allocatable: allocatable ?? capacity ?? {},
    addresses: [
      { type: 'InternalIP', address: hostIp },
      { type: 'Hostname', address: nameOf(node) },
    ],
    conditions: [
      condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
      condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
      condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
      condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
    ],
    nodeInfo: { ...nodeInfo, bootID: `boot-${state.boot}`, machineID: nameOf(node), systemUUID: nameOf(node) },
    declaredFeatures,
    features: { supplementalGroupsPolicy: true },
    ...(state.images.size === 0 ? {} : { images: imagesOf(state) }),
  };
  const body: KubernetesObject = { apiVersion: 'v1', kind: 'Node', status };
  const call = { verb: 'patch', resource: NODES, name: nameOf(node), subresource: 'status', body } as const;
  ask(state, { type: 'node-status' }, { ...call, options: { patchType: 'strategic' } }, context);
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
  if (state.isReportSet) return;
  state.isReportSet = true;
  context.timer(UPDATE_MS - (context.nowMs % UPDATE_MS), IMAGES);
}

export function reportImages(state: KubeletState, context: Context): void {
  state.isReportSet = false;
  sendReport(state, context);
}
