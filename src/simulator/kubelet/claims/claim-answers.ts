import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, booleanAt, nameAt, objectAt, stringAt } from '../../../base/json.ts';
import type { Context } from '../../component.ts';
import type { AnswerMessage, ApiResponse } from '../../messages.ts';
import { csiVolumeOf, needsAttach, uniqueName } from '../../storage/csi-volume.ts';
import { claimsOf } from '../../storage/claims-of-pod.ts';
import { setSync } from '../node-status.ts';
import type { PodRecord } from '../pod-record.ts';
import type { Asked, KubeletState } from '../state.ts';
import { ask } from '../state.ts';
import { retry } from '../volumes.ts';
import { goOn } from '../worker-queue.ts';
import { DRIVER_TIMEOUT, setDevice } from './call-driver.ts';
import { expanded, isToGrow, watchGrowth } from './expand-claims.ts';
import { failedMount, setMount, wakeUsers } from './mount-claims.ts';
import { unpublished, unstaged, unwanted } from './unmount-claims.ts';

const VOLUMES = { group: '', version: 'v1', plural: 'persistentvolumes' } as const;
const DRIVERS = { group: 'storage.k8s.io', version: 'v1', plural: 'csidrivers' } as const;

type OfClaim = Extract<Asked, { readonly type: 'claim' }>;

/** Something that a claim needs to be mounted was read from the server. */
export function objectRead(
  state: KubeletState,
  record: PodRecord,
  { type, volume }: OfClaim,
  { code, body }: ApiResponse,
  context: Context,
): void {
  const mount = record.volumes.claims[volume];
  if (record.stage !== 'sync' || mount === undefined) return;
  const found = code >= 200 && code < 300 ? body : undefined;
  const why = stringAt(body, 'message') ?? 'context deadline exceeded';
  if (type === 'claim') return claimRead(state, record, volume, found, why, context);
  if (type === 'volume') {
    if (found === undefined)
      return notProcessed(state, record, volume, `failed to fetch PV from API server: ${why}`, context);
    return volumeRead(state, record, volume, found, context);
  }
  if (type === 'driver') {
    if (found === undefined && code !== 404) return notProcessed(state, record, volume, why, context);
    return wanted(state, record, volume, mount.volume!, needsAttach(found), context);
  }
  if (booleanAt(found, 'status', 'attached') !== true) {
    setMount(record, volume, { ...mount, phase: 'attaching' });
    return retry(record, context);
  }
  setMount(record, volume, { ...mount, phase: 'staging' });
  goOn(state, record, context);
}

/** Source: pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go `getPVCExtractPV`, 1.36. */
function claimRead(
  state: KubeletState,
  record: PodRecord,
  volume: string,
  claim: KubernetesObject | undefined,
  why: string,
  context: Context,
): void {
  if (claim === undefined)
    return notProcessed(state, record, volume, `failed to fetch PVC from API server: ${why}`, context);
  const name = nameAt(claim, 'spec', 'volumeName');
  if (stringAt(claim, 'status', 'phase') !== 'Bound' || name === undefined)
    return notProcessed(state, record, volume, 'PVC is not bound', context);
  if (
    objectAt(claim, 'metadata', 'deletionTimestamp') !== undefined ||
    stringAt(claim, 'metadata', 'deletionTimestamp') !== undefined
  )
    return notProcessed(state, record, volume, 'PVC is being deleted', context);
  if (isToGrow(claim)) setMount(record, volume, { phase: 'reading', grows: true });
  ask(state, { type: 'volume', uid: record.uid, volume }, { verb: 'get', resource: VOLUMES, name }, context);
}

function volumeRead(
  state: KubeletState,
  record: PodRecord,
  volume: string,
  object: KubernetesObject,
  context: Context,
): void {
  const csi = csiVolumeOf(object);
  if (csi === undefined) {
    // A directory of the Node, a share: there is nothing to attach, and nobody to be asked.
    setMount(record, volume, { phase: 'mounted', volume: object });
    return goOn(state, record, context);
  }
  const grows = record.volumes.claims[volume]?.grows === true ? ({ grows: true } as const) : {};
  setMount(record, volume, { phase: 'reading', volume: object, ...grows });
  ask(
    state,
    { type: 'driver', uid: record.uid, volume },
    { verb: 'get', resource: DRIVERS, name: csi.driver },
    context,
  );
}

/** The Pod wants the volume: the Node lists it as in use with its next status. */
function wanted(
  state: KubeletState,
  record: PodRecord,
  volume: string,
  object: KubernetesObject,
  isAttachable: boolean,
  context: Context,
): void {
  const csi = csiVolumeOf(object)!;
  const name = uniqueName(csi);
  const before = state.devices.get(name);
  const isForOnePod = arrayAt(object, 'spec', 'accessModes').includes('ReadWriteOncePod');
  const others = before?.pods.filter((uid) => uid !== record.uid) ?? [];
  if (isForOnePod && others.length > 0) {
    const words = 'volume uses the ReadWriteOncePod access mode and is already in use by another pod';
    return notProcessed(state, record, volume, words, context);
  }
  setDevice(state, name, {
    ...csi,
    volume: nameOf(object),
    stage: before?.stage ?? 'no',
    pods: [...others, record.uid],
    isForOnePod,
  });
  const phase = isAttachable ? 'attaching' : 'staging';
  setMount(record, volume, { ...record.volumes.claims[volume], phase, volume: object, device: name });
  if (before === undefined) setSync(state, context);
  goOn(state, record, context);
}

/** Source: pkg/kubelet/kubelet.go `SyncPod`, volumemanager/volume_manager.go `WaitForAttachAndMount`, 1.36. */
function notProcessed(state: KubeletState, record: PodRecord, volume: string, why: string, context: Context): void {
  setMount(record, volume, { phase: 'failed' });
  const claim = claimsOf(record.pod).find((one) => one.volume === volume)?.claim ?? '';
  const problem = why.startsWith('volume uses')
    ? why
    : `error processing PVC ${namespaceOf(record.pod) ?? ''}/${claim}: ${why}`;
  const words = `unmounted volumes=[${volume}], unattached volumes=[], failed to process volumes=[${volume}]: ${problem}`;
  failedMount(state, record, `Unable to attach or mount volumes: ${words}`, context);
  retry(record, context);
}

/** The part of a driver on the Node has answered. */
export function driverAnswered(state: KubeletState, { id, method, ok, result }: AnswerMessage, context: Context): void {
  const called = state.calls.get(id);
  state.calls.delete(id);
  context.relax(DRIVER_TIMEOUT, id);
  const name = called?.device;
  const device = name === undefined ? undefined : state.devices.get(name);
  if (called === undefined || name === undefined || device === undefined) return;
  if (method === 'NodeUnstageVolume') return unstaged(state, name, device, ok, context);
  if (method === 'NodeStageVolume') {
    setDevice(state, name, { ...device, stage: ok ? 'staged' : 'no' });
    if (device.pods.length === 0) return unwanted(state, name, context);
    for (const uid of ok ? [] : device.pods) {
      const record = state.records.get(uid);
      if (record !== undefined) refused(state, record, 'MountDevice', device.volume, result, context);
    }
    return wakeUsers(state, name, context);
  }
  const record = state.records.get(called.uid);
  if (method === 'NodeUnpublishVolume') return unpublished(state, record, called.uid, name, ok, context);
  const [volume, mount] = Object.entries(record?.volumes.claims ?? {}).find(([, one]) => one.device === name) ?? [];
  if (record === undefined || volume === undefined || mount === undefined) return;
  if (method === 'NodeExpandVolume')
    return expanded(state, record, volume, ok ? undefined : String(result['error']), context);
  setMount(record, volume, { ...mount, phase: ok ? 'mounted' : 'staging' });
  if (ok) watchGrowth(record, volume, mount.grows === true, context);
  if (!ok) return refused(state, record, 'SetUp', device.volume, result, context);
  goOn(state, record, context);
}

function refused(
  state: KubeletState,
  record: PodRecord,
  step: string,
  volume: string,
  result: AnswerMessage['result'],
  context: Context,
): void {
  failedMount(state, record, `MountVolume.${step} failed for volume "${volume}" : ${String(result['error'])}`, context);
  retry(record, context);
}

/** A driver has not answered for too long. */
export function driverTimedOut(state: KubeletState, id: number, context: Context): void {
  const method = state.calls.get(id)?.method;
  if (method === undefined) return;
  const error = 'rpc error: code = DeadlineExceeded desc = context deadline exceeded';
  driverAnswered(state, { type: 'answer', id, method, ok: false, result: { error } }, context);
}
