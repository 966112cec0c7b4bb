import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { nameAt, objectAt, stringAt } from '../../../base/json.ts';
import { isReady, isSnapshotSource } from '../../../simulator/storage/snapshot/snapshot-facts.ts';
import type { Finding } from './diagnosis.ts';
import type { Moment } from './moment.ts';
import { eventAbout, keyOf } from './moment.ts';

const KIND = 'VolumeSnapshot';
const EVENTS = [
  'CreatingSnapshot',
  'SnapshotCreated',
  'SnapshotContentMissing',
  'SnapshotContentCreationFailed',
  'SnapshotContentMisbound',
  'SnapshotContentMismatch',
  'SnapshotBindFailed',
  'GetSnapshotClassFailed',
  'SetDefaultSnapshotClassFailed',
] as const;

/** Why a snapshot cannot be used, or does not go. */
export function diagnoseSnapshot(snapshot: KubernetesObject, moment: Moment): Finding | undefined {
  const name = nameOf(snapshot);
  if (isBeingDeleted(snapshot)) return diagnoseDeletion(snapshot, moment);
  if (isReady(snapshot)) return undefined;
  const proof = eventAbout(snapshot, ...EVENTS);
  const content = contentOf(snapshot, moment);
  const message = errorOf(snapshot) ?? errorOf(content);
  if (message !== undefined) return { id: 'snapshotFails', params: { name, message }, proof };
  const driver = stringAt(content, 'spec', 'driver');
  if (driver === undefined) return { id: 'snapshotWaits', params: { name }, proof };
  const isTaken = nameAt(content, 'status', 'snapshotHandle') !== undefined;
  return { id: isTaken ? 'snapshotCopied' : 'snapshotTaken', params: { name, driver }, proof };
}

function diagnoseDeletion(snapshot: KubernetesObject, moment: Moment): Finding | undefined {
  const claim = moment.objects.find(
    (object) =>
      object.kind === 'PersistentVolumeClaim' &&
      stringAt(object, 'status', 'phase') === 'Pending' &&
      snapshotOfClaim(object) === nameOf(snapshot) &&
      namespaceOf(object) === namespaceOf(snapshot),
  );
  if (claim === undefined) return undefined;
  const params = { name: nameOf(snapshot), claim: nameOf(claim) };
  return { id: 'snapshotKept', params, proof: eventAbout(snapshot, 'SnapshotDeletePending'), because: keyOf(claim) };
}

/** Why a claim has no volume that is to be made of a snapshot; undefined where that is not the reason. */
export function diagnoseRestore(claim: KubernetesObject, moment: Moment): Finding | undefined {
  const snapshot = snapshotOfClaim(claim);
  if (snapshot === undefined) return undefined;
  const name = nameOf(claim);
  const found = moment.objects.find(
    (object) => object.kind === KIND && nameOf(object) === snapshot && namespaceOf(object) === namespaceOf(claim),
  );
  const proof = eventAbout(claim, 'ProvisioningFailed');
  if (found === undefined) return { id: 'claimNoSnapshot', params: { name, snapshot }, proof };
  if (isReady(found)) return undefined;
  return { id: 'claimOfSnapshot', params: { name, snapshot }, proof, because: keyOf(found) };
}

/** Name of the snapshot of which a claim is to be made. */
function snapshotOfClaim(claim: KubernetesObject): string | undefined {
  const source = objectAt(claim, 'spec', 'dataSource') ?? objectAt(claim, 'spec', 'dataSourceRef');
  return isSnapshotSource(source) ? nameAt(source, 'name') : undefined;
}

function contentOf(snapshot: KubernetesObject, { objects }: Moment): KubernetesObject | undefined {
  const uid = nameAt(snapshot, 'metadata', 'uid');
  return objects.find(
    (object) => object.kind === 'VolumeSnapshotContent' && nameAt(object, 'spec', 'volumeSnapshotRef', 'uid') === uid,
  );
}

function errorOf(object: KubernetesObject | undefined): string | undefined {
  return stringAt(object, 'status', 'error', 'message');
}
