import { expect, test } from 'vitest';
import { expectDisconnects } from '../shared/testing/expect-disconnects.ts';
import { expectIdentity } from '../shared/testing/expect-identity.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { node } from './node.ts';

const worker = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'w1',
    labels: { 'node-role.kubernetes.io/worker': '', 'topology.kubernetes.io/zone': 'a', 'kubernetes.io/os': 'linux' },
  },
  spec: {
    unschedulable: true,
    taints: [
      { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
      { key: 'spot', effect: 'NoExecute' },
    ],
    configSource: { configMap: { namespace: 'kube-system', name: 'kubelet', kubeletConfigKey: 'kubelet' } },
  },
  status: { capacity: { cpu: 4, memory: '16Gi' }, allocatable: { cpu: '3800m' } },
};

test('says what it is', () => expectIdentity(node));

test('took its configuration from a ConfigMap once', () => {
  expect(referenceLines(node.references(worker))).toEqual([
    'parameters spec.configSource.configMap.name -> ConfigMap/kube-system/kubelet namespace at spec.configSource.configMap.namespace',
  ]);
  expectDisconnects(node, worker);
});

test('shows its room, role, zone, taints and that it is cordoned', () =>
  expect(node.summary?.(worker)).toEqual({
    fact: 'cpu 3800m · memory 16Gi',
    detail: 'worker · a · gpu=yes:NoSchedule · spot:NoExecute · unschedulable',
  }));

test('a new one takes Pods', () => {
  expect(node.newObject('w1')).toMatchObject({ status: { allocatable: { cpu: '4', memory: '16Gi', pods: '110' } } });
  expect(node.references(node.newObject('w1'))).toEqual([]);
});

test('reads anything', () => expectTotal(node, [worker]));
