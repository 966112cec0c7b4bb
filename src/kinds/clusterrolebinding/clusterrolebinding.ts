import type { KindDefinition } from '../kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { OLDER_RBAC_VERSIONS } from '../shared/role.ts';
import {
  RBAC_GROUP,
  bindRole,
  bindSubject,
  bindingReferences,
  bindingSummary,
  disconnectBinding,
} from '../shared/role-binding.ts';

/** rbac.authorization.k8s.io/v1 ClusterRoleBinding. A new one binds ClusterRole `view`, which every cluster has, to nobody. */
export const clusterRoleBinding: KindDefinition = {
  group: RBAC_GROUP,
  version: 'v1',
  kind: 'ClusterRoleBinding',
  resource: 'clusterrolebindings',
  shortNames: [],
  scope: 'Cluster',
  category: 'access',
  nameForm: 'pathSegment',
  olderVersions: OLDER_RBAC_VERSIONS,
  newObject: (name) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: newMetadata(name),
    roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name: 'view' },
  }),
  references: (object) => bindingReferences(object, ''),
  connections: [bindRole('ClusterRole'), bindSubject(() => '')],
  disconnect: disconnectBinding,
  summary: bindingSummary,
  fields: ['roleRef.name', 'subjects[*].kind', 'subjects[*].name', 'subjects[*].namespace'],
};
