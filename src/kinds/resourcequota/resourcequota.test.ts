import { describe, expect, test } from 'vitest';
import { applyEdits } from '../shared/testing/apply-edits.ts';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { resourceQuota } from './resourcequota.ts';

const quota = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'quota', namespace: 'shop' },
  spec: {
    hard: {
      pods: 10,
      'gold.storageclass.storage.k8s.io/requests.storage': '500Gi',
      'gpu.example.com.deviceclass.resource.k8s.io/devices': '2',
      'requests.deviceclass.resource.kubernetes.io/gpu.example.com': '2',
      'count/deployments.apps': '5',
    },
    scopeSelector: {
      matchExpressions: [
        { scopeName: 'PriorityClass', operator: 'In', values: ['high', 'low'] },
        { scopeName: 'VolumeAttributesClass', operator: 'In', values: ['gold'] },
        { scopeName: 'Terminating', operator: 'Exists' },
      ],
    },
  },
};

test('says what it is', () => expectIdentity(resourceQuota));

test('names classes in its keys and scopes', () =>
  expect(referenceLines(resourceQuota.references(quota))).toEqual([
    'quotaScope spec.hard[gold.storageclass.storage.k8s.io/requests.storage] -> StorageClass.storage.k8s.io//gold as {name}.storageclass.storage.k8s.io/requests.storage in key',
    'quotaScope spec.hard[gpu.example.com.deviceclass.resource.k8s.io/devices] -> DeviceClass.resource.k8s.io//gpu.example.com as {name}.deviceclass.resource.k8s.io/devices in key',
    'quotaScope spec.hard[requests.deviceclass.resource.kubernetes.io/gpu.example.com] -> DeviceClass.resource.k8s.io//gpu.example.com as requests.deviceclass.resource.kubernetes.io/{name} in key',
    'quotaScope spec.scopeSelector.matchExpressions[0].values[0] -> PriorityClass.scheduling.k8s.io//high',
    'quotaScope spec.scopeSelector.matchExpressions[0].values[1] -> PriorityClass.scheduling.k8s.io//low',
    'quotaScope spec.scopeSelector.matchExpressions[1].values[0] -> VolumeAttributesClass.storage.k8s.io//gold',
  ]));

describe('taking away', () => {
  test('each reference alone', () => expectDisconnects(resourceQuota, quota));
  test('the last value of a scope is refused', () => {
    const last = resourceQuota.references(quota).at(-1)!;
    expect(applyEdits(quota, resourceQuota.disconnect!(quota, last))).toBe('refused: disconnect.required');
  });
});

test('shows its limits', () =>
  expect(resourceQuota.summary?.(resourceQuota.newObject('q'))).toEqual({
    fact: 'pods 20 · requests.cpu 4 · requests.memory 8Gi',
  }));

test('reads anything', () => expectTotal(resourceQuota, [quota]));
