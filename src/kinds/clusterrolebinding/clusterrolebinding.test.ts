import { expect, test } from 'vitest';
import { connected } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { clusterRoleBinding } from './clusterrolebinding.ts';

const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'read' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
  subjects: [
    { kind: 'ServiceAccount', name: 'web', namespace: 'shop' },
    { kind: 'ServiceAccount', name: 'lost' },
    { kind: 'Group', name: 'dev' },
  ],
};

test('says what it is', () => expectIdentity(clusterRoleBinding));

test('a subject without a namespace means nobody', () =>
  expect(referenceLines(clusterRoleBinding.references(binding))).toEqual([
    'role roleRef.name -> ClusterRole.rbac.authorization.k8s.io//view',
    'subject subjects[0].name -> ServiceAccount/shop/web namespace at subjects[0].namespace',
    'subject subjects[2].name -> group dev',
  ]));

test('cannot bind a Role', () => {
  const roleRef = { kind: 'Role', name: 'view' };
  expect(clusterRoleBinding.references({ ...binding, roleRef, subjects: [] })).toEqual([]);
});

test('an arrow to a ServiceAccount adds a subject, once', () => {
  const bindSubject = clusterRoleBinding.connections!.find(({ id }) => id === 'bindSubject')!;
  const account = (name: string) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: 'shop' },
  });
  expect(connected(binding, bindSubject.connect(binding, account('api')))).toMatchObject({
    subjects: [...binding.subjects, { kind: 'ServiceAccount', name: 'api', namespace: 'shop' }],
  });
  expect(connected(binding, bindSubject.connect(binding, account('web')))).toBe('refused: connect.already');
});

test('each subject can be taken away alone', () => expectDisconnects(clusterRoleBinding, binding));

test('reads anything', () => expectTotal(clusterRoleBinding, [binding]));
