import type { Context } from '../../component.ts';
import { setSync } from '../node-status.ts';
import type { PodRecord } from '../pod-record.ts';
import type { KubeletState } from '../state.ts';
import { retry } from '../volumes.ts';
import { goOn } from '../worker-queue.ts';
import { callDriver, setDevice } from './call-driver.ts';
import type { Device } from './claim-mount.ts';
import { setMount, wakeUsers } from './mount-claims.ts';

/**
 * Unmounts what a Pod that has ended had; true where that is still under way, and the Pod is told when it is done.
 * Source: pkg/kubelet/kubelet.go `SyncTerminatedPod`, volumemanager/volume_manager.go `WaitForUnmount`, 1.36.
 */
export function unmountClaims(state: KubeletState, record: PodRecord, context: Context): boolean {
  let isOpen = false;
  for (const [name, device] of state.devices) {
    if (!device.pods.includes(record.uid)) continue;
    const [volume = name, mount] = Object.entries(record.volumes.claims).find(([, one]) => one.device === name) ?? [];
    // A kubelet that was started again knows of the mount only by the device.
    const phase = mount?.phase ?? 'mounted';
    if (phase === 'mounted' || phase === 'publishing') {
      setMount(record, volume, { ...mount, phase: 'unpublishing', device: name });
      callDriver(state, record.uid, 'NodeUnpublishVolume', name, device, context);
      isOpen = true;
    } else if (phase === 'unpublishing') isOpen = true;
    else left(state, record.uid, name, device, context);
  }
  // While they are unmounted the sync goes on.
  record.isSyncing = isOpen;
  return isOpen;
}

export function unpublished(
  state: KubeletState,
  record: PodRecord | undefined,
  uid: string,
  name: string,
  ok: boolean,
  context: Context,
): void {
  const device = state.devices.get(name);
  if (ok && device !== undefined) left(state, uid, name, device, context);
  if (record === undefined) return;
  if (ok) return goOn(state, record, context);
  const [volume, mount] = Object.entries(record.volumes.claims).find(([, one]) => one.device === name) ?? [];
  if (volume !== undefined && mount !== undefined) setMount(record, volume, { ...mount, phase: 'mounted' });
  retry(record, context);
}

/** A Pod uses the volume no more; the last one's leave takes it off the Node. */
function left(state: KubeletState, uid: string, name: string, device: Device, context: Context): void {
  const pods = device.pods.filter((one) => one !== uid);
  setDevice(state, name, { ...device, pods });
  if (pods.length === 0 && device.stage !== 'staging') unwanted(state, name, context);
}

/** No Pod uses the volume: it is taken off the Node. */
export function unwanted(state: KubeletState, name: string, context: Context): void {
  const device = state.devices.get(name);
  if (device === undefined || device.stage === 'unstaging') return;
  if (device.stage === 'no') {
    state.devices.delete(name);
    return setSync(state, context);
  }
  setDevice(state, name, { ...device, stage: 'unstaging' });
  callDriver(state, '', 'NodeUnstageVolume', name, device, context);
}

/** The volume is off the Node, which says so with its next status; a Pod that has come to want it has it staged anew. */
export function unstaged(state: KubeletState, name: string, device: Device, ok: boolean, context: Context): void {
  if (!ok) {
    setDevice(state, name, { ...device, stage: 'staged' });
    if (device.pods.length === 0) return unwanted(state, name, context);
  } else if (device.pods.length === 0) {
    state.devices.delete(name);
    return setSync(state, context);
  } else setDevice(state, name, { ...device, stage: 'no' });
  wakeUsers(state, name, context);
}
