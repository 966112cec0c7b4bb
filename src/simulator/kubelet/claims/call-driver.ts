import type { Context } from '../../component.ts';
import type { KubeletState } from '../state.ts';
import type { Device } from './claim-mount.ts';

/** Name of the timer after which no answer of a driver is waited for any more; its data is the id of the call. */
export const DRIVER_TIMEOUT = 'driver-timeout';
/** Source: pkg/volume/csi/csi_plugin.go `csiTimeout`, 1.36. */
const DRIVER_TIMEOUT_MS = 120_000;

/** Calls the part of a driver on the Node about a volume, for a Pod or for the whole Node (`uid` empty). */
export function callDriver(
  state: KubeletState,
  uid: string,
  method: string,
  name: string,
  { driver, handle, volume }: Device,
  context: Context,
): void {
  const id = context.next('call');
  context.timer(DRIVER_TIMEOUT_MS, DRIVER_TIMEOUT, id);
  state.calls.set(id, Object.freeze({ uid, container: undefined, device: name, method, sentAtMs: context.nowMs }));
  const parameters = Object.freeze({ driver, volume: handle, ...(uid === '' ? {} : { podUid: uid }) });
  context.send(
    state.settings.csi,
    { type: 'call', id, method, parameters },
    { class: 'csi', verb: method, object: `PersistentVolume//${volume}`, detail: parameters },
  );
}

export function setDevice(state: KubeletState, name: string, device: Device): void {
  state.devices.set(name, Object.freeze({ ...device, pods: Object.freeze([...device.pods]) }));
}
