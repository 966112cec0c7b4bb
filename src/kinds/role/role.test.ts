import { describe, expect, test } from 'vitest';
import { applyEdits } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { role } from './role.ts';

const withRules = (...rules: readonly Record<string, readonly string[]>[]) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'reader', namespace: 'shop' },
  rules,
});

test('says what it is', () => expectIdentity(role));

describe('names that a rule covers', () => {
  test.each([
    ['a core kind', [''], ['configmaps'], ['ConfigMap/shop/web']],
    ['a subresource is its object', [''], ['pods/log'], ['Pod/shop/web']],
    [
      'object and subresource together are one',
      ['apps'],
      ['deployments', 'deployments/scale'],
      ['Deployment.apps/shop/web'],
    ],
    [
      'every kind of every group',
      ['', 'apps'],
      ['secrets', 'statefulsets'],
      ['Secret/shop/web', 'StatefulSet.apps/shop/web'],
    ],
    [
      'a kind of the past, allowed namespace by namespace',
      ['policy'],
      ['podsecuritypolicies'],
      ['PodSecurityPolicy.policy//web'],
    ],
    ['a group that does not have the kind', ['apps'], ['configmaps'], []],
    ['a cluster-scoped kind is out of reach', [''], ['nodes'], []],
    ['another namespace is out of reach', [''], ['namespaces'], []],
    ['everything names nothing', ['*'], ['*'], []],
    ['a custom resource names a kind that nobody knows', ['acme.io'], ['widgets'], []],
  ])('%s', (_, apiGroups, resources, targets) => {
    const object = withRules({ apiGroups, resources, resourceNames: ['web'], verbs: ['get'] });
    expect(referenceLines(role.references(object))).toEqual(
      targets.map((target) => `resourceName rules[0].resourceNames[0] -> ${target}`),
    );
  });

  test('its own namespace is in reach', () => {
    const object = withRules({ apiGroups: [''], resources: ['namespaces'], resourceNames: ['shop'], verbs: ['get'] });
    expect(referenceLines(role.references(object))).toEqual([
      'resourceName rules[0].resourceNames[0] -> Namespace//shop',
    ]);
  });
});

describe('taking a name away', () => {
  const rule = { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get'] };

  test('leaves the others', () => {
    const object = withRules(rule);
    expectDisconnects(role, object);
    expect(applyEdits(object, role.disconnect!(object, role.references(object)[0]!))).toMatchObject({
      rules: [{ resourceNames: ['b'] }],
    });
  });

  test('takes the rule along when it was the last, for a rule without names covers everything', () => {
    const object = withRules({ ...rule, resourceNames: ['a'] });
    expect(applyEdits(object, role.disconnect!(object, role.references(object)[0]!))).toMatchObject({ rules: [] });
  });
});

test.each([
  [[{ apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list'] }], 'get,list pods,services'],
  [[{ nonResourceURLs: ['/metrics'], verbs: ['get'] }], 'get /metrics'],
  [[{ verbs: ['get'] }, { verbs: ['list'] }], 'rules 2'],
  [[], 'rules 0'],
])('summary %#', (rules, fact) => expect(role.summary?.(withRules(...rules))).toEqual({ fact }));

test('reads anything', () =>
  expectTotal(role, [
    withRules({ apiGroups: [''], resources: ['secrets', 'nodes'], resourceNames: ['a', 'b'], verbs: ['get'] }),
  ]));
