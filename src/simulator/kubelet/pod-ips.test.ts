import { expect } from 'vitest';
import { upstreamEach } from '../../base/testing/upstream-table.ts';
import { sortPodIps } from './pod-ips.ts';

const source = { area: 'kubelet', file: 'pkg/kubelet/kubelet_pods_test.go', release: '1.36.2' } as const;

upstreamEach(
  source,
  'TestSortPodIPs',
)<readonly [string, string, readonly string[], readonly string[]]>([
  ['Simple', '', ['10.0.0.1'], ['10.0.0.1']],
  ['Dual-stack', '', ['10.0.0.1', 'fd01::1234'], ['10.0.0.1', 'fd01::1234']],
  ['Dual-stack with explicit node IP', '192.168.1.1', ['10.0.0.1', 'fd01::1234'], ['10.0.0.1', 'fd01::1234']],
  ['Dual-stack with CRI returning wrong family first', '', ['fd01::1234', '10.0.0.1'], ['10.0.0.1', 'fd01::1234']],
  [
    'Dual-stack with explicit node IP with CRI returning wrong family first',
    '192.168.1.1',
    ['fd01::1234', '10.0.0.1'],
    ['10.0.0.1', 'fd01::1234'],
  ],
  ['Dual-stack with IPv6 node IP', 'fd00::5678', ['10.0.0.1', 'fd01::1234'], ['fd01::1234', '10.0.0.1']],
  [
    'Dual-stack with IPv6 node IP, other CRI order',
    'fd00::5678',
    ['fd01::1234', '10.0.0.1'],
    ['fd01::1234', '10.0.0.1'],
  ],
  ['No Pod IP matching Node IP', 'fd00::5678', ['10.0.0.1'], ['10.0.0.1']],
  ['No Pod IP matching (unspecified) Node IP', '', ['fd01::1234'], ['fd01::1234']],
  ['Multiple IPv4 IPs', '', ['10.0.0.1', '10.0.0.2', '10.0.0.3'], ['10.0.0.1']],
  [
    'Multiple Dual-Stack IPs',
    '',
    ['10.0.0.1', '10.0.0.2', 'fd01::1234', '10.0.0.3', 'fd01::5678'],
    ['10.0.0.1', 'fd01::1234'],
  ],
  ['Badly-formatted IPs from CRI', '', ['010.000.000.001', 'fd01:0:0:0:0:0:0:1234'], ['10.0.0.1', 'fd01::1234']],
])('%s', (_name, nodeIp, podIps, expected) => {
  expect(sortPodIps(podIps, nodeIp)).toEqual(expected);
});
