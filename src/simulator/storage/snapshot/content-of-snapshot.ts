import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { uidOf } from '../../../apimachinery/owner-reference.ts';
import { nameAt, stringAt } from '../../../base/json.ts';
import type { ReconcileContext } from '../../controllers/controller.ts';
import { fail } from '../../controllers/workload/sync-failure.ts';
import { CONTENTS } from './resources.ts';
import { contentNameFor, snapshotKey, snapshotKeyOfContent, sourceContentOf } from './snapshot-facts.ts';
import { tellError } from './snapshot-status.ts';

/**
 * The content that a snapshot names, or the one that was made for it; undefined where there is none. The sync fails where
 * it is of another making, or of another snapshot.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller.go
 * `getPreprovisionedContentFromStore`, `getDynamicallyProvisionedContentFromStore`, v8.6.0.
 */
export function contentOfSnapshot(context: ReconcileContext, snapshot: KubernetesObject): KubernetesObject | undefined {
  const named = sourceContentOf(snapshot);
  if (named === '') return fail(`empty VolumeSnapshotContentName for snapshot ${snapshotKey(snapshot)}`);
  const name = named ?? contentNameFor(snapshot);
  const content = context.view(CONTENTS).getKey(name);
  if (content === undefined) return undefined;
  const [isOther, isMade] = [isOfOther(content, snapshot, named !== undefined), isDynamic(content)];
  if (named !== undefined && !isPreProvisioned(content)) {
    const words = 'VolumeSnapshotContent is dynamically provisioned while expecting a pre-provisioned one';
    tellError(context, snapshot, 'SnapshotContentMismatch', words);
    return fail(
      `snapshot ${snapshotKey(snapshot)} expects a pre-provisioned VolumeSnapshotContent ${name} but gets a dynamically provisioned one`,
    );
  }
  if (named === undefined && !isMade) {
    const words = `VolumeSnapshotContent ${name} is pre-provisioned while expecting a dynamically provisioned one`;
    tellError(context, snapshot, 'SnapshotContentMismatch', words);
    return fail(
      `snapshot ${snapshotKey(snapshot)} expects a dynamically provisioned VolumeSnapshotContent ${name} but gets a pre-provisioned one`,
    );
  }
  if (!isOther) return content;
  const words = `VolumeSnapshotContent [${name}] is bound to a different snapshot`;
  tellError(context, snapshot, 'SnapshotContentMisbound', words);
  return fail(words);
}

/** A content of a snapshot that lay in the storage before says no uid until it is bound. */
function isOfOther(content: KubernetesObject, snapshot: KubernetesObject, mayBeUnbound: boolean): boolean {
  if (snapshotKeyOfContent(content) !== `${namespaceOf(snapshot) ?? ''}/${nameOf(snapshot)}`) return true;
  const uid = nameAt(content, 'spec', 'volumeSnapshotRef', 'uid') ?? '';
  return uid === '' ? !mayBeUnbound : uid !== uidOf(snapshot);
}

/** Whether a content is of a snapshot that is made of a volume. */
export function isDynamic(content: KubernetesObject): boolean {
  return stringAt(content, 'spec', 'source', 'volumeHandle') !== undefined;
}

/** Whether it is of one that lay in the storage before. */
export function isPreProvisioned(content: KubernetesObject): boolean {
  return stringAt(content, 'spec', 'source', 'snapshotHandle') !== undefined;
}
