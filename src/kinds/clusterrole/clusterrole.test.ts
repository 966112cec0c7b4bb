import { describe, expect, test } from 'vitest';
import { applyEdits } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { clusterRole } from './clusterrole.ts';

const base = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'all' } };
const named = {
  ...base,
  rules: [
    {
      apiGroups: ['', 'storage.k8s.io'],
      resources: ['nodes', 'secrets', 'storageclasses'],
      resourceNames: ['x'],
      verbs: ['get'],
    },
  ],
};
const aggregated = {
  ...base,
  aggregationRule: {
    clusterRoleSelectors: [
      { matchLabels: { 'example.com/aggregate': 'true' } },
      { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['test'] }] },
    ],
  },
};

test('says what it is', () => expectIdentity(clusterRole));

test('names cluster-scoped objects, and namespaced ones wherever they are', () =>
  expect(referenceLines(clusterRole.references(named))).toEqual([
    'resourceName rules[0].resourceNames[0] -> Node//x',
    'resourceName rules[0].resourceNames[0] -> Secret <none> fields metadata.name in (x) in all',
    'resourceName rules[0].resourceNames[0] -> StorageClass.storage.k8s.io//x',
  ]));

test('gathers other ClusterRoles by any kind of selector', () =>
  expect(referenceLines(clusterRole.references(aggregated))).toEqual([
    'aggregation aggregationRule.clusterRoleSelectors[0] -> ClusterRole.rbac.authorization.k8s.io example.com/aggregate=true in all',
    'aggregation aggregationRule.clusterRoleSelectors[1] -> ClusterRole.rbac.authorization.k8s.io tier notin (test) in all',
  ]));

describe('taking a selector away', () => {
  test('leaves the others', () => expectDisconnects(clusterRole, aggregated));
  test('takes the rule along when it was the last', () => {
    const one = { ...aggregated, aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] } };
    expect(applyEdits(one, clusterRole.disconnect!(one, clusterRole.references(one)[0]!))).toEqual(base);
  });
});

test('says that it is aggregated', () =>
  expect(clusterRole.summary?.(aggregated)).toEqual({ fact: 'aggregationRule' }));

test('reads anything', () => expectTotal(clusterRole, [named, aggregated]));
