import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { ingressStrategy } from '../ingress/ingress.strategy.ts';
import { podStrategy } from '../pod/pod.strategy.ts';
import { serviceStrategy } from '../service/service.strategy.ts';

const object = (kind: string, status: JsonObject): KubernetesObject => ({ apiVersion: 'v1', kind, status });
const ADDRESSES = [{ ip: '010.0.0.1' }, { ip: '10.0.0.2' }, { hostname: 'a.example' }, { ip: 'FD00::1' }];
const LOAD_BALANCER = [
  'status.loadBalancer.ingress[0]: non-standard IP address "010.0.0.1" is invalid: use "10.0.0.1"',
  'status.loadBalancer.ingress[3]: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
];

test('a write of the status warns of addresses that are written otherwise than is the rule', () => {
  const balanced = { loadBalancer: { ingress: ADDRESSES } };
  expect(serviceStrategy.statusWarnings?.(object('Service', balanced))).toEqual(LOAD_BALANCER);
  expect(ingressStrategy.statusWarnings?.(object('Ingress', balanced))).toEqual(LOAD_BALANCER);
  expect(
    podStrategy.statusWarnings?.(object('Pod', { podIPs: [{ ip: '::ffff:10.0.0.1' }], hostIPs: ADDRESSES })),
  ).toEqual([
    'status.podIPs[0].ip: non-standard IP address "::ffff:10.0.0.1" is invalid: use "10.0.0.1"',
    'status.hostIPs[0].ip: non-standard IP address "010.0.0.1" is invalid: use "10.0.0.1"',
    'status.hostIPs[3].ip: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
  ]);
});
