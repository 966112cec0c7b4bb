import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import type { JsonValue } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { tryEvent } from '../../client/event-recorder.ts';
import type { Context } from '../../component.ts';
import type { ApiResponse } from '../../messages.ts';
import { claimsOf } from '../../storage/claims-of-pod.ts';
import type { PodRecord } from '../pod-record.ts';
import type { Asked, KubeletState } from '../state.ts';
import { ask, tell } from '../state.ts';
import { callDriver } from './call-driver.ts';

const CLAIMS = { group: '', version: 'v1', plural: 'persistentvolumeclaims' } as const;
const VOLUMES = { group: '', version: 'v1', plural: 'persistentvolumes' } as const;

/** Name of the timer with which a Pod's claims are read again; its data is the Pod's uid and the name of its volume. */
export const GROWTH = 'claim-growth';

export interface GrowthTimer {
  readonly uid: string;
  readonly volume: string;
}

type Growth = Extract<Asked, { readonly type: 'growth' }>;

/** A claim is mounted: whether its volume has grown is seen at once where that is known, and with every later sync of the Pod. */
export function watchGrowth({ uid }: PodRecord, volume: string, isKnown: boolean, context: Context): void {
  const timer: GrowthTimer = Object.freeze({ uid, volume });
  context.timer(isKnown ? 0 : context.numbers.kubelet.resyncMs, GROWTH, timer, { periodic: !isKnown });
}

/** Whether the file system of a claim is to be made larger by its Node. Source: node_expander.go `runPreCheck`, 1.36. */
export function isToGrow(claim: KubernetesObject): boolean {
  const status = stringAt(claim, 'status', 'allocatedResourceStatuses', 'storage');
  return status === 'NodeResizePending' || status === 'NodeResizeInProgress';
}

/**
 * Reads the claim of a volume that is mounted.
 * Source: pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go `checkVolumeFSResize`, 1.36.
 */
export function lookForGrowth(state: KubeletState, record: PodRecord, { volume }: GrowthTimer, context: Context): void {
  if (record.stage !== 'sync' || record.volumes.claims[volume]?.phase !== 'mounted') return;
  const claim = claimsOf(record.pod).find((one) => one.volume === volume)?.claim;
  if (claim === undefined) return;
  const call: ApiCall = { verb: 'get', resource: CLAIMS, namespace: namespaceOf(record.pod) ?? 'default', name: claim };
  ask(state, { type: 'growth', step: 'claim', uid: record.uid, volume }, call, context);
}

/**
 * The server has answered about a claim or volume that may have grown.
 * Source: pkg/volume/util/operationexecutor/node_expander.go `expandOnPlugin`, 1.36.
 */
export function growthRead(
  state: KubeletState,
  record: PodRecord,
  { step, volume }: Growth,
  { code, body }: ApiResponse,
  context: Context,
): void {
  const mount = record.volumes.claims[volume];
  const device = mount?.device === undefined ? undefined : state.devices.get(mount.device);
  if (record.stage !== 'sync' || mount?.device === undefined || device === undefined) return;
  const found = code >= 200 && code < 300 ? body : undefined;
  if (step === 'done' || found === undefined || (step === 'claim' && !isToGrow(found)))
    return watchGrowth(record, volume, false, context);
  const asked = { type: 'growth', uid: record.uid, volume } as const;
  if (step === 'claim') {
    const name = device.volume;
    return ask(state, { ...asked, step: 'volume' }, { verb: 'get', resource: VOLUMES, name }, context);
  }
  if (step === 'volume') {
    const status = { allocatedResourceStatuses: { storage: 'NodeResizeInProgress' } };
    return ask(state, { ...asked, step: 'begun' }, patchOf(record, volume, status), context);
  }
  callDriver(state, record.uid, 'NodeExpandVolume', mount.device, device, context);
  state.growing.set(`${record.uid}/${volume}`, found);
}

/** The driver has made the file system larger: the claim has its size. */
export function expanded(
  state: KubeletState,
  record: PodRecord,
  volume: string,
  error: string | undefined,
  context: Context,
): void {
  const key = `${record.uid}/${volume}`;
  const claim = state.growing.get(key);
  const device = state.devices.get(record.volumes.claims[volume]?.device ?? '');
  state.growing.delete(key);
  if (claim === undefined || device === undefined) return;
  const say = (type: 'Normal' | 'Warning', reason: string, message: string): void => {
    tell(state, record, type, reason, message, context);
    tryEvent(state.recorder, state.client, { about: claim, type, reason, message }, context);
  };
  if (error !== undefined) {
    tell(
      state,
      record,
      'Warning',
      'VolumeResizeFailed',
      `NodeExpandVolume failed for volume "${device.volume}" : ${error}`,
      context,
    );
    return watchGrowth(record, volume, false, context);
  }
  const node = nameOf(state.settings.node);
  say(
    'Normal',
    'FileSystemResizeSuccessful',
    `MountVolume.NodeExpandVolume succeeded for volume "${device.volume}" ${node}`,
  );
  const size = stringAt(claim, 'status', 'allocatedResources', 'storage') ?? '0';
  const gone = arrayAt(claim, 'status', 'conditions').flatMap((condition): JsonValue[] => {
    const type = stringAt(condition, 'type') ?? '';
    return RESIZE_CONDITIONS.includes(type) ? [{ $patch: 'delete', type }] : [];
  });
  const status = { capacity: { storage: size }, allocatedResourceStatuses: null, conditions: gone };
  const asked = { type: 'growth', step: 'done', uid: record.uid, volume } as const;
  ask(state, asked, patchOf(record, volume, status), context);
}

/** Source: pkg/volume/util/resize_util.go `knownResizeConditions`, 1.36. */
const RESIZE_CONDITIONS = ['FileSystemResizePending', 'Resizing', 'ControllerResizeError', 'NodeResizeError'];

function patchOf(record: PodRecord, volume: string, status: { readonly [field: string]: JsonValue }): ApiCall {
  return {
    verb: 'patch',
    resource: CLAIMS,
    namespace: namespaceOf(record.pod) ?? 'default',
    name: claimsOf(record.pod).find((one) => one.volume === volume)?.claim ?? '',
    subresource: 'status',
    options: { patchType: 'strategic' },
    body: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status },
  };
}
