import type { KindDefinition } from '../kind.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
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

/** rbac.authorization.k8s.io/v1 RoleBinding. A new one binds ClusterRole `view`, which every cluster has, to nobody. */
export const roleBinding: KindDefinition = {
  group: RBAC_GROUP,
  version: 'v1',
  kind: 'RoleBinding',
  resource: 'rolebindings',
  shortNames: [],
  scope: 'Namespaced',
  category: 'access',
  nameForm: 'pathSegment',
  olderVersions: OLDER_RBAC_VERSIONS,
  newObject: (name, namespace) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: newMetadata(name, namespace),
    roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name: 'view' },
  }),
  references: (object) => bindingReferences(object, namespaceOrDefault(object)),
  connections: [bindRole('Role'), bindRole('ClusterRole'), bindSubject(namespaceOrDefault)],
  disconnect: disconnectBinding,
  summary: bindingSummary,
  fields: ['roleRef.kind', 'roleRef.name', 'subjects[*].kind', 'subjects[*].name', 'subjects[*].namespace'],
};
