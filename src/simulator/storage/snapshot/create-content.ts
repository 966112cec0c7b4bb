import { objectReferenceTo } from '../../../apimachinery/object-reference.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { quoteString } from '../../../apimachinery/quoted-string.ts';
import { stringAt, stringMapAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail, failureOf } from '../../controllers/workload/sync-failure.ts';
import { csiVolumeOf } from '../csi-volume.ts';
import { protectClaim } from './claim-protection.ts';
import { updateFailed } from './controller-error.ts';
import { CONTENTS, SECRET_NAME, SECRET_NAMESPACE } from './resources.ts';
import { secretReference } from './secret-reference.ts';
import { classNamed } from './snapshot-class.ts';
import { contentNameFor, snapshotClassOf, snapshotKey } from './snapshot-facts.ts';
import { sourceVolume } from './source-volume.ts';

/**
 * Makes the content of a snapshot of a claim, which the snapshotter of the driver then has taken.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller.go `createSnapshotContent`, v8.6.0.
 */
export function createContent(context: ReconcileContext, snapshot: KubernetesObject): KubernetesObject {
  protectClaim(context, snapshot);
  const input = failureOf(() => inputOf(context, snapshot));
  if ('failed' in input) {
    const words = `failed to get input parameters to create snapshot ${nameOf(snapshot)}`;
    return fail(`${words}: ${quoteString(input.failed)}`);
  }
  const { snapshotClass, volume, name, secret } = input.value;
  const csi = csiVolumeOf(volume);
  if (csi === undefined) return fail(`cannot find CSI PersistentVolumeSource for volume ${nameOf(volume)}`);
  const mode = stringAt(volume, 'spec', 'volumeMode');
  const annotations = secret && { [SECRET_NAME]: secret.name, [SECRET_NAMESPACE]: secret.namespace };
  const body: KubernetesObject = {
    apiVersion: snapshot.apiVersion,
    kind: 'VolumeSnapshotContent',
    metadata: { name, ...(annotations === undefined ? {} : { annotations }) },
    spec: {
      volumeSnapshotRef: objectReferenceTo(snapshot),
      source: { volumeHandle: csi.handle },
      volumeSnapshotClassName: nameOf(snapshotClass),
      deletionPolicy: stringAt(snapshotClass, 'deletionPolicy') ?? '',
      driver: stringAt(snapshotClass, 'driver') ?? '',
      ...(mode === undefined ? {} : { sourceVolumeMode: mode }),
    },
  };
  const made = context.api.call({ verb: 'create', resource: CONTENTS, body });
  const key = snapshotKey(snapshot);
  if (!made.ok && made.reason !== 'AlreadyExists') {
    const words = `Error creating volume snapshot content object for snapshot ${key}: ${made.message}.`;
    context.event(snapshot, 'Warning', 'CreateSnapshotContentFailed', words);
    return fail(updateFailed(key, made.message));
  }
  const words = `Waiting for a snapshot ${key} to be created by the CSI driver.`;
  context.event(snapshot, 'Normal', 'CreatingSnapshot', words);
  return made.ok ? made.object : body;
}

/** Source: `getCreateSnapshotInput`. */
function inputOf(context: ReconcileContext, snapshot: KubernetesObject) {
  const className = snapshotClassOf(snapshot);
  if (className === undefined) return fail(`failed to take snapshot ${nameOf(snapshot)} without a snapshot class`);
  const snapshotClass = classNamed(context, className);
  const volume = sourceVolume(context, snapshot);
  const name = contentNameFor(snapshot);
  const secret = secretReference('Snapshotter', stringMapAt(snapshotClass, 'parameters'), name, snapshot);
  return { snapshotClass, volume, name, secret };
}
