import type { JsonObject } from '../../base/json.ts';

const subjectsOf = (...groups: readonly string[]): readonly JsonObject[] =>
  groups.map((name) => ({ kind: 'Group', group: { name } }));

const EVERYTHING: JsonObject = {
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], clusterScope: true, namespaces: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
};

/**
 * The specs of the schemas that the API server makes itself and lets nobody change, by name.
 * Source: staging/src/k8s.io/apiserver/pkg/apis/flowcontrol/bootstrap/default.go, 1.36.
 */
export const MANDATORY_FLOW_SCHEMAS: ReadonlyMap<string, JsonObject> = new Map([
  [
    'exempt',
    {
      priorityLevelConfiguration: { name: 'exempt' },
      matchingPrecedence: 1,
      rules: [{ subjects: subjectsOf('system:masters'), ...EVERYTHING }],
    },
  ],
  [
    'catch-all',
    {
      priorityLevelConfiguration: { name: 'catch-all' },
      matchingPrecedence: 10000,
      distinguisherMethod: { type: 'ByUser' },
      rules: [{ subjects: subjectsOf('system:unauthenticated', 'system:authenticated'), ...EVERYTHING }],
    },
  ],
]);
