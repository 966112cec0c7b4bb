import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { ENDPOINTS } from '../resources.ts';
import { FakeCluster } from '../testing/fake-cluster.ts';
import { endpoints } from './endpoints.ts';
import { truncatedSubsets } from './subsets.ts';

const source = {
  area: 'controllers',
  file: 'pkg/controller/endpoint/endpoints_controller_test.go',
  release: '1.36.2',
} as const;

function service(publishNotReadyAddresses: boolean): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'foo', namespace: 'ns' },
    spec: {
      selector: { foo: 'bar' },
      publishNotReadyAddresses,
      type: 'ClusterIP',
      clusterIP: '1.1.1.1',
      ports: [{ port: 80 }],
      ipFamilies: ['IPv4'],
    },
  };
}

function pod(phase: string, isReady: boolean, isGoing: boolean): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'fakepod',
      namespace: 'ns',
      labels: { foo: 'bar' },
      ...(isGoing ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: { containers: [{ ports: [{ name: 'port1', containerPort: 8080 }] }] },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
      podIP: '10.1.1.1',
      podIPs: [{ ip: '10.1.1.1' }],
    },
  };
}

const addresses = (count: number): readonly JsonValue[] => Array.from({ length: count }, () => ({ ip: '' }));

const countOf = (subsets: readonly JsonValue[], field: string): readonly number[] =>
  subsets.map((subset) => arrayAt(subset, field).length);

describe(source.file, () => {
  upstreamEach(
    source,
    'TestSyncServiceAddresses',
  )([
    ['pod running phase', pod('Running', true, false), false, 1, 0],
    ['pod running phase being deleted', pod('Running', true, true), false, 0, 0],
    ['pod unknown phase container ready', pod('Unknown', true, false), false, 1, 0],
    ['pod unknown phase container ready being deleted', pod('Unknown', true, true), false, 0, 0],
    ['pod pending phase container ready', pod('Pending', true, false), false, 1, 0],
    ['pod pending phase container ready being deleted', pod('Pending', true, true), false, 0, 0],
    ['pod unknown phase container not ready', pod('Unknown', false, false), false, 0, 1],
    ['pod pending phase container not ready', pod('Pending', false, false), false, 0, 1],
    ['pod failed phase', pod('Failed', false, false), false, 0, 0],
    ['pod succeeded phase', pod('Succeeded', false, false), false, 0, 0],
    ['pod running phase and tolerate unready', pod('Running', false, false), true, 1, 0],
    ['pod running phase and tolerate unready being deleted', pod('Running', false, true), true, 1, 0],
    ['pod unknown phase and tolerate unready', pod('Unknown', false, false), true, 1, 0],
    ['pod unknown phase and tolerate unready being deleted', pod('Unknown', false, true), true, 1, 0],
    ['pod pending phase and tolerate unready', pod('Pending', false, false), true, 1, 0],
    ['pod pending phase and tolerate unready being deleted', pod('Pending', false, true), true, 1, 0],
    ['pod failed phase and tolerate unready', pod('Failed', false, false), true, 0, 0],
    ['pod succeeded phase and tolerate unready endpoints', pod('Succeeded', false, false), true, 0, 0],
  ] as const)('%s', (_name, one, publishes, ready, notReady) => {
    const cluster = new FakeCluster([one, service(publishes)]);
    cluster.reconcile(endpoints, 'ns/foo');
    const subsets = arrayAt(cluster.objects(ENDPOINTS)[0], 'subsets');
    const sum = (field: string): number => countOf(subsets, field).reduce((total, count) => total + count, 0);
    expect([sum('addresses'), sum('notReadyAddresses')]).toEqual([ready, notReady]);
  });

  upstreamEach(
    source,
    'TestTruncateEndpoints',
  )([
    ['empty', [], [], [], []],
    [
      'total endpoints < max capacity',
      [50, 100, 100, 100, 100],
      [50, 100, 100, 100, 100],
      [50, 100, 100, 100, 100],
      [50, 100, 100, 100, 100],
    ],
    [
      'total endpoints = max capacity',
      [100, 100, 100, 100, 100],
      [100, 100, 100, 100, 100],
      [100, 100, 100, 100, 100],
      [100, 100, 100, 100, 100],
    ],
    [
      'total ready endpoints < max capacity, but total endpoints > max capacity',
      [90, 110, 50, 10, 20],
      [101, 200, 200, 201, 298],
      [90, 110, 50, 10, 20],
      [73, 144, 144, 145, 214],
    ],
    [
      'total ready endpoints > max capacity',
      [205, 400, 402, 400, 693],
      [100, 200, 200, 200, 300],
      [98, 191, 192, 191, 328],
      [0, 0, 0, 0, 0],
    ],
  ] as const)('%s', (_name, ready, notReady, wantReady, wantNotReady) => {
    const subsets = ready.map((count, index) => ({
      addresses: addresses(count),
      notReadyAddresses: addresses(notReady[index] ?? 0),
    }));
    const truncated = truncatedSubsets(subsets) ?? subsets;
    expect(countOf(truncated, 'addresses')).toEqual(wantReady);
    expect(countOf(truncated, 'notReadyAddresses')).toEqual(wantNotReady);
  });

  upstreamLeftOut(source, {
    'TestLastTriggerChangeTimeAnnotation and two more': {
      count: 3,
      reason: 'the annotation with the time of the last change is not written',
    },
    'TestPodUpdatesBatching, TestPodAddsBatching, TestPodDeleteBatching': {
      count: 12,
      reason: 'a period in which changes are gathered is 0 by default',
    },
    'TestPodToEndpointAddressForService and IPv6': {
      count: 16,
      reason: 'families of addresses, not re-expressed yet',
    },
    'the other functions of the file': {
      count: 36,
      reason: 'one situation each with the words of a request; runs of a cluster show the same',
    },
  });
});
