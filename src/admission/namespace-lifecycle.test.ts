import { expect, test } from 'vitest';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { clusterOf } from './testing/cluster-of.ts';
import { requestOf } from './testing/request-of.ts';

const namespace = (name: string, phase = 'Active'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
  status: { phase },
});
const configMap: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'cm', namespace: 'shop' },
};
const ask = (cluster: readonly KubernetesObject[], ...request: Parameters<typeof requestOf>) =>
  namespaceLifecycle.admit?.(requestOf(...request), clusterOf(cluster));

test('lets in what goes to a namespace that is there', () => {
  expect(ask([namespace('shop')], configMap)).toBeUndefined();
});

test('finds no namespace', () => {
  expect(ask([], configMap)).toMatchObject({
    code: 404,
    reason: 'NotFound',
    message: 'namespaces "shop" not found',
    missing: { kind: 'Namespace', name: 'shop' },
  });
});

test('lets nothing new into a namespace that is going, but changes and deletes what is there', () => {
  const going = [namespace('shop', 'Terminating')];
  expect(ask(going, configMap)).toMatchObject({
    code: 403,
    message:
      'configmaps "cm" is forbidden: unable to create new content in namespace shop because it is being terminated',
    details: {
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: 'namespace shop is being terminated',
          field: 'metadata.namespace',
        },
      ],
    },
  });
  expect(ask(going, configMap, { oldObject: configMap })).toBeUndefined();
  expect(ask(going, configMap, { operation: 'DELETE' })).toBeUndefined();
});

test.each(['default', 'kube-system', 'kube-public'])('never lets %s go', (name) => {
  expect(ask([namespace(name)], namespace(name), { operation: 'DELETE' })).toMatchObject({
    code: 403,
    message: `namespaces "${name}" is forbidden: this namespace may not be deleted`,
  });
});

test('any other namespace may be made, changed and deleted', () => {
  for (const operation of ['CREATE', 'UPDATE', 'DELETE'] as const) {
    expect(ask([], namespace('shop'), { operation })).toBeUndefined();
  }
});

test('says nothing of namespaces to who asks for access', () => {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'LocalSubjectAccessReview',
    metadata: { name: '', namespace: 'shop' },
  };
  const resource = { group: 'authorization.k8s.io', resource: 'localsubjectaccessreviews' };
  expect(ask([], review, { resource })).toBeUndefined();
});
