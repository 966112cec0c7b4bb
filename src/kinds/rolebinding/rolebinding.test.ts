import { describe, expect, test } from 'vitest';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { roleBinding } from './rolebinding.ts';

const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'read', namespace: 'shop' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
  subjects: [
    { kind: 'ServiceAccount', name: 'web' },
    { kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' },
    { kind: 'User', name: 'alice', apiGroup: 'rbac.authorization.k8s.io' },
    { kind: 'User', name: 'system:serviceaccount:ci:builder' },
    { kind: 'User', name: 'system:serviceaccount:ci' },
    { kind: 'Group', name: 'dev' },
    { kind: 'Group', name: 'system:serviceaccounts' },
    { kind: 'Group', name: 'system:serviceaccounts:ci' },
    { kind: 'Robot', name: 'nobody' },
  ],
};

test('says what it is', () => expectIdentity(roleBinding));

test('points at its role and at its subjects', () =>
  expect(referenceLines(roleBinding.references(binding))).toEqual([
    'role roleRef.name -> Role.rbac.authorization.k8s.io/shop/reader',
    'subject subjects[0].name -> ServiceAccount/shop/web',
    'subject subjects[1].name -> ServiceAccount/monitoring/prometheus namespace at subjects[1].namespace',
    'subject subjects[2].name -> user alice',
    'subject subjects[3].name -> ServiceAccount/ci/builder as system:serviceaccount:{namespace}:{name}',
    'subject subjects[4].name -> user system:serviceaccount:ci',
    'subject subjects[5].name -> group dev',
    'subject subjects[6].name -> ServiceAccount <none> in all',
    'subject subjects[7].name -> ServiceAccount <none> in ci',
  ]));

test('a ClusterRole is in no namespace', () =>
  expect(
    referenceLines(
      roleBinding.references({ ...binding, subjects: [], roleRef: { kind: 'ClusterRole', name: 'view' } }),
    ),
  ).toEqual(['role roleRef.name -> ClusterRole.rbac.authorization.k8s.io//view']));

describe('arrows', () => {
  const connect = (kind: string, metadata: object) => {
    const connection = roleBinding.connections!.find(({ to }) => to !== 'podTemplate' && to.kind === kind);
    const target = { apiVersion: 'v1', kind, metadata: { ...metadata } };
    return connected(binding, connection!.connect(binding, target));
  };

  test('to a Role binds it instead', () =>
    expect(connect('Role', { name: 'writer', namespace: 'shop' })).toMatchObject({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'writer' },
    }));
  test('to a ClusterRole binds it instead', () =>
    expect(connect('ClusterRole', { name: 'view' })).toMatchObject({ roleRef: { kind: 'ClusterRole', name: 'view' } }));
  test('to a Role that is bound', () =>
    expect(connect('Role', { name: 'reader', namespace: 'shop' })).toBe('refused: connect.already'));
  test('to a Role of another namespace', () =>
    expect(connect('Role', { name: 'reader', namespace: 'ci' })).toBe('refused: connect.otherNamespace'));
  test('to a ServiceAccount of any namespace adds a subject', () =>
    expect(connect('ServiceAccount', { name: 'web', namespace: 'ci' })).toMatchObject({
      subjects: [...binding.subjects, { kind: 'ServiceAccount', name: 'web', namespace: 'ci' }],
    }));
  test.each([
    { name: 'web', namespace: 'shop' },
    { name: 'builder', namespace: 'ci' },
  ])('to a ServiceAccount that is a subject: %o', (metadata) =>
    expect(connect('ServiceAccount', metadata)).toBe('refused: connect.already'),
  );
});

describe('taking away', () => {
  test('each subject alone', () => expectDisconnects(roleBinding, binding));
  test('the role is refused', () =>
    expect(applyEdits(binding, roleBinding.disconnect!(binding, roleBinding.references(binding)[0]!))).toBe(
      'refused: disconnect.required',
    ));
});

test('shows the role as kubectl does', () =>
  expect(roleBinding.summary?.(binding)).toEqual({ fact: 'Role/reader', detail: 'subjects 9' }));

test('reads anything', () => expectTotal(roleBinding, [binding]));
