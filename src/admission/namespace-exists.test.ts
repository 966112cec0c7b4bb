import { expect, test } from 'vitest';
import { namespaceExists } from './namespace-exists.ts';
import { clusterOf } from './testing/cluster-of.ts';
import { requestOf } from './testing/request-of.ts';

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm', namespace: 'shop' } };
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } };

test('refuses every request on a namespace that is not there', () => {
  for (const operation of ['CREATE', 'UPDATE', 'DELETE'] as const) {
    expect(namespaceExists.validate?.(requestOf(configMap, { operation }), clusterOf([]))).toMatchObject({
      code: 404,
      message: 'namespaces "shop" not found',
    });
  }
});

test('lets pass what is in no namespace, in one that is there, or a namespace itself', () => {
  expect(namespaceExists.validate?.(requestOf(configMap), clusterOf([namespace]))).toBeUndefined();
  expect(namespaceExists.validate?.(requestOf(node), clusterOf([]))).toBeUndefined();
  expect(namespaceExists.validate?.(requestOf(namespace), clusterOf([]))).toBeUndefined();
});
