import { parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { JsonObject } from '../../base/json.ts';
import { arrayAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import type { Reference } from '../reference.ts';
import { newMetadata } from '../shared/new-metadata.ts';
import { OLDER_RBAC_VERSIONS, disconnectRule, roleSummary, ruleReferences } from '../shared/role.ts';

const GROUP = 'rbac.authorization.k8s.io';
const SELECTORS = ['aggregationRule', 'clusterRoleSelectors'];

/** rbac.authorization.k8s.io/v1 ClusterRole. */
export const clusterRole: KindDefinition = {
  group: GROUP,
  version: 'v1',
  kind: 'ClusterRole',
  resource: 'clusterroles',
  shortNames: [],
  scope: 'Cluster',
  category: 'access',
  nameForm: 'pathSegment',
  olderVersions: OLDER_RBAC_VERSIONS,
  newObject: (name) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: newMetadata(name),
    rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] }],
  }),
  references: (object) => [...ruleReferences(object, undefined), ...aggregationReferences(object)],
  disconnect: (object, reference) => {
    if (reference.type !== 'aggregation') return disconnectRule(object, reference);
    // An aggregationRule without selectors is refused; without the whole rule the rules stay as they are.
    const isLast = arrayAt(object, ...SELECTORS).length <= 1;
    return [{ op: 'delete', path: isLast ? SELECTORS.slice(0, 1) : reference.field }];
  },
  summary: (object) => (arrayAt(object, ...SELECTORS).length > 0 ? { fact: 'aggregationRule' } : roleSummary(object)),
  fields: ['rules', 'aggregationRule.clusterRoleSelectors'],
};

function aggregationReferences(object: JsonObject): readonly Reference[] {
  return arrayAt(object, ...SELECTORS).map((selector, index) => ({
    type: 'aggregation',
    field: [...SELECTORS, index],
    target: {
      by: 'objects',
      group: GROUP,
      kind: 'ClusterRole',
      namespaces: 'all',
      anyOf: [{ labels: parseLabelSelector(selector) }],
    },
  }));
}
