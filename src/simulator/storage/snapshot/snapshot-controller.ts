import { orFailed } from '../../controllers/workload/sync-failure.ts';
import type { Controller } from '../../controllers/controller.ts';
import { CLAIMS } from '../../controllers/resources.ts';
import { CONTENTS, SNAPSHOTS, SNAPSHOT_CLASSES, SNAPSHOT_CONTROLLER } from './resources.ts';
import { boundContentOf, snapshotKeyOfContent } from './snapshot-facts.ts';
import { withClass } from './snapshot-class.ts';
import { syncContent } from './sync-content.ts';
import { syncSnapshot } from './sync-snapshot.ts';

const SNAPSHOT = 'snapshot ';
const CONTENT = 'content ';

/**
 * The snapshot controller, once in a cluster: binds VolumeSnapshots and VolumeSnapshotContents. Groups of snapshots and
 * its look at everything each 15 minutes are left out.
 * Source: kubernetes-csi/external-snapshotter pkg/common-controller/snapshot_controller_base.go, v8.6.0;
 * cmd/snapshot-controller/main.go `worker-threads`, `retry-interval-start`, `retry-interval-max`.
 */
export const snapshotController: Controller = {
  name: SNAPSHOT_CONTROLLER,
  workers: 10,
  readsOwnWrites: true,
  retries: ({ storage }) => storage.retries,
  watches: [
    {
      resource: SNAPSHOTS,
      keysOf({ key, type, object }) {
        if (type !== 'DELETED') return [SNAPSHOT + key];
        const content = boundContentOf(object);
        return content === undefined ? [] : [CONTENT + content];
      },
    },
    {
      resource: CONTENTS,
      keysOf: ({ key, type, object }) =>
        type === 'DELETED' ? [SNAPSHOT + snapshotKeyOfContent(object)] : [CONTENT + key],
    },
    { resource: SNAPSHOT_CLASSES, keysOf: () => [] },
    { resource: CLAIMS, keysOf: () => [] },
  ],
  reconcile: (context, key) =>
    orFailed(() => {
      if (key.startsWith(SNAPSHOT)) {
        const snapshot = context.view(SNAPSHOTS).getKey(key.slice(SNAPSHOT.length));
        return snapshot === undefined ? undefined : syncSnapshot(context, withClass(context, snapshot));
      }
      const content = context.view(CONTENTS).getKey(key.slice(CONTENT.length));
      if (content === undefined) return undefined;
      return syncContent(context, content, (other) => context.enqueue(SNAPSHOT + other));
    }),
};
