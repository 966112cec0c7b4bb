import { arrayAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** storage.k8s.io/v1 CSIDriver. */
export const csiDriver: KindDefinition = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIDriver',
  resource: 'csidrivers',
  shortNames: [],
  scope: 'Cluster',
  category: 'storage',
  olderVersions: [{ group: 'storage.k8s.io', version: 'v1beta1' }],
  newObject: (name) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIDriver',
    metadata: newMetadata(name),
    spec: { attachRequired: true },
  }),
  references: () => [],
  summary: (object) => {
    const modes = arrayAt(object, 'spec', 'volumeLifecycleModes').filter((mode) => typeof mode === 'string');
    return { fact: modes.length === 0 ? 'Persistent' : modes.join(', ') };
  },
  fields: [
    'spec.attachRequired',
    'spec.podInfoOnMount',
    'spec.volumeLifecycleModes',
    'spec.fsGroupPolicy',
    'spec.storageCapacity',
    'spec.tokenRequests',
  ],
};
