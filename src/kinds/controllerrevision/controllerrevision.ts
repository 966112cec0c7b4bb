import { numberAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** An earlier template of a StatefulSet or DaemonSet, kept for going back. It points at its owner only. */
export const controllerRevision: KindDefinition = {
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  resource: 'controllerrevisions',
  shortNames: [],
  scope: 'Namespaced',
  category: 'workload',
  olderVersions: [
    { group: 'apps', version: 'v1beta1' },
    { group: 'apps', version: 'v1beta2' },
  ],
  newObject: (name, namespace) => ({
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: newMetadata(name, namespace),
    data: {},
    revision: 1,
  }),
  references: () => [],
  summary: (object) => {
    const revision = numberAt(object, 'revision');
    return revision === undefined ? {} : { fact: `revision ${revision}` };
  },
  fields: ['revision', 'data'],
};
