import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { arrayAt, stringAt } from '../../../base/json.ts';
import { claimsOf } from '../../storage/claims-of-pod.ts';
import type { Context } from '../../component.ts';
import { attachmentName } from '../../storage/csi-volume.ts';
import type { PodRecord } from '../pod-record.ts';
import type { KubeletState } from '../state.ts';
import { ask, tell } from '../state.ts';
import { goOn } from '../worker-queue.ts';
import { callDriver, setDevice } from './call-driver.ts';
import type { ClaimMount } from './claim-mount.ts';

const CLAIMS = { group: '', version: 'v1', plural: 'persistentvolumeclaims' } as const;
const ATTACHMENTS = { group: 'storage.k8s.io', version: 'v1', plural: 'volumeattachments' } as const;

/**
 * Goes on with the claims of a Pod; true where all are mounted.
 * Source: pkg/kubelet/volumemanager/reconciler, pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go, 1.36.
 */
export function mountClaims(state: KubeletState, record: PodRecord, context: Context): boolean {
  const namespace = namespaceOf(record.pod) ?? 'default';
  let isMounted = true;
  for (const { volume, claim } of claimsOf(record.pod)) {
    const mount = record.volumes.claims[volume];
    if (mount === undefined || mount.phase === 'failed') {
      setMount(record, volume, { phase: 'reading' });
      ask(
        state,
        { type: 'claim', uid: record.uid, volume },
        { verb: 'get', resource: CLAIMS, namespace, name: claim },
        context,
      );
    } else advance(state, record, volume, mount, context);
    if (record.volumes.claims[volume]?.phase !== 'mounted') isMounted = false;
  }
  return isMounted;
}

export function setMount(record: PodRecord, volume: string, mount: ClaimMount): void {
  const claims = Object.freeze({ ...record.volumes.claims, [volume]: Object.freeze(mount) });
  record.volumes = Object.freeze({ ...record.volumes, claims });
}

/** What was waited for may have come: the Node lists the volume, or another Pod has had it staged. */
function advance(state: KubeletState, record: PodRecord, volume: string, mount: ClaimMount, context: Context): void {
  const name = mount.device;
  const device = name === undefined ? undefined : state.devices.get(name);
  if (name === undefined || device === undefined) return;
  if (mount.phase === 'attaching' && isAttached(state, name)) {
    setMount(record, volume, { ...mount, phase: 'checking' });
    const attachment = attachmentOf(state, name);
    ask(
      state,
      { type: 'attachment', uid: record.uid, volume },
      { verb: 'get', resource: ATTACHMENTS, name: attachment },
      context,
    );
  } else if (mount.phase === 'staging') {
    if (device.stage === 'no') {
      setDevice(state, name, { ...device, stage: 'staging' });
      callDriver(state, '', 'NodeStageVolume', name, device, context);
    } else if (device.stage === 'staged') {
      setMount(record, volume, { ...mount, phase: 'publishing' });
      callDriver(state, record.uid, 'NodePublishVolume', name, device, context);
    }
  }
}

/** Source: pkg/volume/util/operationexecutor/operation_generator.go `GenerateVerifyControllerAttachedVolumeFunc`, 1.36. */
function isAttached({ node }: KubeletState, name: string): boolean {
  const inUse = arrayAt(node.node, 'status', 'volumesInUse').includes(name);
  const attached = arrayAt(node.node, 'status', 'volumesAttached').some((one) => stringAt(one, 'name') === name);
  return inUse && attached;
}

function attachmentOf(state: KubeletState, name: string): string {
  const device = state.devices.get(name);
  return device === undefined ? '' : attachmentName(device, nameOf(state.settings.node));
}

/** The Node's own object has changed: Pods that wait for a volume to be attached look again. */
export function nodeTold(state: KubeletState, context: Context): void {
  for (const { pods } of state.devices.values())
    for (const uid of pods) {
      const record = state.records.get(uid);
      if (record !== undefined && isWaiting(record)) goOn(state, record, context);
    }
}

function isWaiting({ volumes }: PodRecord): boolean {
  return !volumes.isMounted && Object.values(volumes.claims).some(({ phase }) => phase === 'attaching');
}

/** Every Pod that uses a volume of the Node looks at it again. */
export function wakeUsers(state: KubeletState, name: string, context: Context): void {
  for (const uid of state.devices.get(name)?.pods ?? []) {
    const record = state.records.get(uid);
    if (record !== undefined) goOn(state, record, context);
  }
}

export function failedMount(state: KubeletState, record: PodRecord, words: string, context: Context): void {
  tell(state, record, 'Warning', 'FailedMount', words, context);
}
