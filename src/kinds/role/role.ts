import type { KindDefinition } from '../kind.ts';
import { namespaceOrDefault } from '../shared/name-reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { OLDER_RBAC_VERSIONS, disconnectRule, roleSummary, ruleReferences } from '../shared/role.ts';

/** rbac.authorization.k8s.io/v1 Role. */
export const role: KindDefinition = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'Role',
  resource: 'roles',
  shortNames: [],
  scope: 'Namespaced',
  category: 'access',
  nameForm: 'pathSegment',
  olderVersions: OLDER_RBAC_VERSIONS,
  newObject: (name, namespace) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: newMetadata(name, namespace),
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
  }),
  references: (object) => ruleReferences(object, namespaceOrDefault(object)),
  disconnect: disconnectRule,
  summary: roleSummary,
  fields: ['rules'],
};
