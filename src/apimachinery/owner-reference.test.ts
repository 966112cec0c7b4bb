import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import type { KubernetesObject } from './object.ts';
import * as owners from './owner-reference.ts';

/**
 * Cases of staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/controller_ref_test.go, Kubernetes 1.36 (Apache-2.0): three
 * tests without tables.
 */
function object(uid: string, name: string, ...ownerReferences: readonly JsonObject[]): KubernetesObject {
  return { apiVersion: 'group/v1', kind: 'Kind', metadata: { uid, name, ownerReferences } };
}

function manifest(metadata: JsonObject): KubernetesObject {
  return { apiVersion: 'group/v2', kind: 'Kind', metadata };
}

function controlledBy(owner: KubernetesObject): JsonObject {
  return { ...owners.controllerReferenceTo(owner) };
}

test('the reference of a controller is whole', () => {
  expect(owners.controllerReferenceTo(object('uid1', 'name'))).toEqual({
    apiVersion: 'group/v1',
    kind: 'Kind',
    name: 'name',
    uid: 'uid1',
    controller: true,
    blockOwnerDeletion: true,
  });
});

test('one owner of several is the controller', () => {
  const first = object('uid1', 'name1');
  const { blockOwnerDeletion: _, ...reference } = controlledBy(first);
  const second = object('uid2', 'name1', { name: 'owner1', kind: 'Kind', controller: false }, reference, {
    name: 'owner2',
    kind: 'Kind',
    controller: false,
  });
  expect(owners.controllerOf(first)).toBeUndefined();
  expect(owners.controllerOf(second)).toMatchObject({ name: 'name1', uid: 'uid1', blockOwnerDeletion: false });
  expect(owners.ownersOf(second).map(({ name }) => name)).toEqual(['owner1', 'name1', 'owner2']);
});

describe('control', () => {
  const first = object('uid1', 'one');
  const second = object('uid2', 'two', controlledBy(first));
  const third = object('uid3', 'three', controlledBy(second));

  test('is by the direct owner only', () => {
    expect(owners.isControlledBy(second, first)).toBe(true);
    expect(owners.isControlledBy(third, second)).toBe(true);
    expect(owners.isControlledBy(third, first)).toBe(false);
    expect(owners.isControlledBy(first, second)).toBe(false);
  });

  test('a new object of the same name is another owner', () => {
    expect(owners.isControlledBy(second, object('uid9', 'one'))).toBe(false);
  });

  test('a manifest without uid goes by group, kind and name', () => {
    expect(owners.isControlledBy(second, manifest({ name: 'one' }))).toBe(true);
    expect(owners.isControlledBy(second, manifest({ name: 'other' }))).toBe(false);
    expect(owners.isControlledBy(second, { ...manifest({ name: 'one' }), apiVersion: 'v1' })).toBe(false);
  });
});

test.each([undefined, null, 'web', [null, 'web', {}, { kind: 'Pod' }, { kind: 'Pod', name: '' }]])(
  'ownerReferences %j name nobody',
  (ownerReferences) => {
    expect(owners.ownersOf({ metadata: { ownerReferences } })).toEqual([]);
  },
);
