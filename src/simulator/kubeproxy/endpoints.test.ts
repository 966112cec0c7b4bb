import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { labelsOf, namespaceOf } from '../../apimachinery/object.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { categorizeEndpoints } from './categorize-endpoints.ts';
import type { Endpoint } from './endpoints.ts';
import { endpointsOf } from './endpoints.ts';
import { servicePorts } from './service-port.ts';
import upstream from './testdata/endpoints.json';

const sourceOf = (file: string) => ({ area: 'kube-proxy', file, release: upstream.release }) as const;

interface UpstreamEndpoint {
  readonly endpoint: string;
  readonly isLocal: boolean;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly zoneHints?: readonly string[];
  readonly nodeHints?: readonly string[];
}

function endpointFrom(one: UpstreamEndpoint): Endpoint {
  return {
    ip: one.endpoint.slice(0, one.endpoint.lastIndexOf(':')),
    port: Number(one.endpoint.slice(one.endpoint.lastIndexOf(':') + 1)),
    address: one.endpoint,
    isLocal: one.isLocal,
    isReady: one.ready,
    isServing: one.serving,
    isTerminating: one.terminating,
    zoneHints: one.zoneHints ?? [],
    nodeHints: one.nodeHints ?? [],
  };
}

interface CategorizeCase {
  readonly name: string;
  readonly node: string;
  readonly zone: string;
  readonly service: { readonly nodePort: number; readonly isExternalLocal: boolean; readonly isInternalLocal: boolean };
  readonly endpoints: readonly UpstreamEndpoint[];
  readonly cluster: readonly string[];
  readonly local: readonly string[];
  readonly all: readonly string[];
  readonly hasAny: boolean;
}

const addresses = (endpoints: readonly Endpoint[] = []) => endpoints.map(({ address }) => address).sort();

describe('endpoints that a Node may use', () => {
  const source = sourceOf('pkg/proxy/topology_test.go');
  const cases = upstream.categorize as readonly CategorizeCase[];

  upstreamEach(source, 'TestCategorizeEndpoints')(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const port = { ...one.service, loadBalancerIps: [], externalIps: [] };
    const place = { name: one.node, zone: one.zone };
    const choice = categorizeEndpoints(one.endpoints.map(endpointFrom), port, place);
    expect({
      cluster: addresses(choice.cluster),
      local: addresses(choice.local),
      all: addresses(choice.reachable),
      hasAny: choice.hasAny,
    }).toEqual({ cluster: one.cluster, local: one.local, all: one.all, hasAny: one.hasAny });
  });

  upstreamLeftOut(source, upstream.leftOut);
});

interface SlicesCase {
  readonly name: string;
  readonly node: string;
  readonly slices: readonly KubernetesObject[];
  readonly map: Readonly<Record<string, readonly UpstreamEndpoint[]>>;
}

describe('endpoints of slices', () => {
  const source = sourceOf('pkg/proxy/endpointslicecache_test.go');
  const cases = upstream.slices as unknown as readonly SlicesCase[];

  upstreamEach(source, 'TestEndpointsMapFromESC')(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const slices = one.slices.filter(
      (slice) => `${namespaceOf(slice)}/${labelsOf(slice).get('kubernetes.io/service-name')}` === 'ns1/svc1',
    );
    const ports = slices.flatMap(({ ports: own }) => own as unknown as readonly { readonly name: string }[]);
    const found = [...new Set(ports.map(({ name }) => name))].map((portName) => [
      `ns1/svc1:${portName}/TCP`,
      endpointsOf(slices, { portName, protocol: 'tcp', family: 4, node: one.node }),
    ]);
    expect(Object.fromEntries(found.filter(([, endpoints]) => endpoints!.length > 0))).toEqual(
      Object.fromEntries(Object.entries(one.map).map(([key, own]) => [key, own.map(endpointFrom)])),
    );
  });
});

interface ServiceCase {
  readonly name: string;
  readonly family: string;
  readonly object: KubernetesObject | null;
  readonly ports: Readonly<Record<string, unknown>>;
}

describe('ports of Services', () => {
  const source = sourceOf('pkg/proxy/servicechangetracker_test.go');
  const cases = upstream.services as unknown as readonly ServiceCase[];

  upstreamEach(source, 'TestServiceToServiceMap')(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const ports = one.object === null ? [] : servicePorts(one.object, one.family === 'IPv6' ? 6 : 4);
    const found = ports.map((port) => [
      `${port.name}/${port.protocol.toUpperCase()}`,
      {
        clusterIP: port.clusterIp,
        port: port.port,
        protocol: port.protocol.toUpperCase(),
        health: port.healthCheckNodePort,
        external: port.externalIps,
        ranges: port.sourceRanges,
        lb: port.loadBalancerIps,
      },
    ]);
    expect(Object.fromEntries(found)).toEqual(one.ports);
  });
});
