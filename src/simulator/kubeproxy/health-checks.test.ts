import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { View } from '../client/view.ts';
import { healthAnswer } from './health-checks.ts';
import type { ProxyRules } from './proxy-rules.ts';

const HEALTH_PORT = 30_500;

const SERVICE: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'svc1', namespace: 'ns1' },
  spec: {
    type: 'LoadBalancer',
    clusterIP: '172.30.1.1',
    clusterIPs: ['172.30.1.1'],
    externalTrafficPolicy: 'Local',
    healthCheckNodePort: HEALTH_PORT,
    ports: [{ port: 80, protocol: 'TCP', nodePort: 30_080 }],
  },
};

/** What the kube-proxy of test-node knows, with endpoints of these conditions on these Nodes. */
function rulesWith(endpoints: readonly (readonly [conditions: JsonObject, nodeName: string])[]): ProxyRules {
  const slice: KubernetesObject = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'svc1-1', namespace: 'ns1', labels: { 'kubernetes.io/service-name': 'svc1' } },
    addressType: 'IPv4',
    ports: [{ name: '', port: 80, protocol: 'TCP' }],
    endpoints: endpoints.map(([conditions, nodeName], at) => ({
      addresses: [`10.0.1.${at + 1}`],
      conditions,
      nodeName,
    })),
  };
  const byService = { name: 'service', valuesOf: () => ['ns1/svc1'] };
  return {
    services: View.empty().with(1, 'ns1/svc1', SERVICE),
    slices: View.empty([byService]).with(1, 'ns1/svc1-1', slice),
    settings: {
      name: 'test-node',
      zone: '',
      mode: 'iptables',
      masqueradeAll: false,
      localhostNodePorts: true,
      families: [{ family: 4, nodeIp: '192.168.0.2', podNetwork: '10.0.0.0/8', serviceNetworks: [] }],
      startedMs: 0,
    },
  };
}

const serving = (isTerminating: boolean, isServing = true): JsonObject => ({
  ready: false,
  serving: isServing,
  terminating: isTerminating,
});

describe('health checks of load balancers', () => {
  const source = { area: 'kube-proxy', file: 'pkg/proxy/iptables/proxier_test.go', release: '1.36.2' } as const;

  // Upstream counts Services that have local endpoints which are ready; here it is what a check is answered.
  upstreamEach(
    source,
    'TestHealthCheckNodePortWhenTerminating',
  )<readonly [string, readonly JsonObject[], number]>([
    ['ready endpoints', [{ ready: true }, { ready: true }, { ready: true }, { ready: false }], 3],
    ['all terminating', [serving(false), serving(true), serving(true), serving(true, false)], 0],
  ])('%s', (_name, conditions, localEndpoints) => {
    const answer = healthAnswer(rulesWith(conditions.map((one) => [one, 'test-node'])), HEALTH_PORT, 4);
    expect(answer).toMatchObject({ code: localEndpoints === 0 ? 503 : 200, body: { localEndpoints } });
  });

  it('count endpoints of their own Node only, and tell of no other port', () => {
    const rules = rulesWith([
      [{ ready: true }, 'test-node'],
      [{ ready: true }, 'other-node'],
    ]);
    expect(healthAnswer(rules, HEALTH_PORT, 4)).toEqual({
      code: 200,
      body: { service: { namespace: 'ns1', name: 'svc1' }, localEndpoints: 1, serviceProxyHealthy: true },
    });
    expect(healthAnswer(rulesWith([[{ ready: true }, 'other-node']]), HEALTH_PORT, 4)?.code).toBe(503);
    expect(healthAnswer(rules, 30_501, 4)).toBeUndefined();
    expect(healthAnswer(rules, 10_256, 4)?.code).toBe(200);
  });

  const server = { ...source, file: 'pkg/proxy/healthcheck/healthcheck_test.go' };
  upstreamLeftOut(server, {
    TestServer: 'opens and closes sockets as Services come and go: answers follow from the rules here',
    TestHealthzServer: 'a healthz that turns bad when the proxy does not sync: a sync here is done at once',
    TestLivezServer: 'a livez, which nothing asks here',
    TestServerWithSelectiveListeningAddress: 'nodePortAddresses, which no simulated Node has',
  });
});
