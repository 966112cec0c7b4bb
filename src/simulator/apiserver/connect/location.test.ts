import { describe, expect } from 'vitest';
import type { ClusterView } from '../../../admission/cluster-view.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import { isRefusal } from '../status.ts';
import { podLocation, serviceLocation, splitSchemeNamePort } from './location.ts';

const source = (file: string) => ({ area: 'kube-apiserver', file, release: '1.36.2' }) as const;
const PORT_SPLIT = source('staging/src/k8s.io/apimachinery/pkg/util/net/port_split_test.go');
const POD_STORAGE = source('pkg/registry/core/pod/storage/storage_test.go');
const SERVICE_STORAGE = source('pkg/registry/core/service/storage/storage_test.go');

function viewOf(objects: readonly KubernetesObject[]): ClusterView {
  const get: ClusterView['get'] = ({ kind }, _namespace, name) =>
    objects.find((object) => object.kind === kind && nameOf(object) === name);
  return { get } as Partial<ClusterView> as ClusterView;
}

function written(location: ReturnType<typeof podLocation>): string | undefined {
  if (isRefusal(location) || location.type !== 'network') return undefined;
  const { host, port, scheme } = location;
  const name = host.includes(':') ? `[${host}]` : host;
  return `${scheme === '' ? '' : `${scheme}:`}//${name}${port === '' ? '' : `:${port}`}`;
}

describe('a name with a scheme and a port', () => {
  upstreamEach(PORT_SPLIT)([
    ['aoeu:asdf', ['', 'aoeu', 'asdf']],
    ['http:aoeu:asdf', ['http', 'aoeu', 'asdf']],
    ['https:aoeu:', ['https', 'aoeu', '']],
    ['https:aoeu:asdf', ['https', 'aoeu', 'asdf']],
    ['aoeu:', ['', 'aoeu', '']],
    ['aoeu', ['', 'aoeu', '']],
    [':asdf', undefined],
    ['aoeu:asdf:htns', undefined],
    ['http::asdf', undefined],
    ['http::', undefined],
    ['', undefined],
  ] as const)('%j', (id, parts) => {
    const split = splitSchemeNamePort(id);
    expect(split && [split.scheme, split.name, split.port]).toEqual(parts);
  });
});

const [IP, IP6] = ['1.2.3.4', 'fd00:10:244:0:2::6b'];

describe('where a request for pods/proxy goes', () => {
  const pod = (ips: readonly string[], ports: readonly (number | undefined)[]): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'foo' },
    spec: {
      containers: ports.map((port, at) => ({
        name: `ctr${at + 1}`,
        ...(port === undefined ? {} : { ports: [{ containerPort: port }] }),
      })),
    },
    status: { podIPs: ips.map((ip) => ({ ip })) },
  });
  upstreamEach(POD_STORAGE)([
    ['no container', pod([IP], []), 'foo', `//${IP}`],
    ['no container and a port', pod([IP], []), 'foo:12345', `//${IP}:12345`],
    ['one container', pod([IP], [undefined]), 'foo', `//${IP}`],
    ['IPv6', pod([IP6], [undefined]), 'foo', `//[${IP6}]`],
    ['a declared port', pod([IP], [9376]), 'foo', `//${IP}:9376`],
    ['another port', pod([IP], [9376]), 'foo:12345', `//${IP}:12345`],
    ['the port of the second', pod([IP], [undefined, 9376]), 'foo', `//${IP}:9376`],
    ['the port of the first', pod([IP], [9376, 1234]), 'foo', `//${IP}:9376`],
    ['two families', pod([IP, IP6], [9376, 1234]), 'foo', `//${IP}:9376`],
    ['two families, IPv6 first', pod([IP6, IP], [9376, 1234]), 'foo', `//[${IP6}]:9376`],
  ] as const)('TestResourceLocation: %s', (_name, object, query, location) => {
    expect(written(podLocation(viewOf([object]), 'default', query))).toBe(location);
  });
});

describe('where a request for services/proxy goes', () => {
  const named = (kind: string, name: string, rest: object): KubernetesObject => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace: 'default' },
    ...rest,
  });
  const pod = (name: string, ...ips: string[]) => named('Pod', name, { status: { podIPs: ips.map((ip) => ({ ip })) } });
  const endpoints = (name: string, ip: string, of: string, ports: readonly { name?: string; port: number }[]) =>
    named('Endpoints', name, {
      subsets: [{ addresses: [{ ip, targetRef: { kind: 'Pod', name: of, namespace: 'default' } }], ports }],
    });
  const service = (name: string, ports: readonly { name?: string; port: number }[]) =>
    named('Service', name, { spec: { ports } });
  const view = viewOf([
    pod('unnamed', '1.2.3.4', '1.2.3.5'),
    pod('named', '1.2.3.6', '1.2.3.7'),
    pod('no-endpoints', '9.9.9.9'),
    endpoints('unnamed', '1.2.3.4', 'unnamed', [{ port: 80 }]),
    endpoints('unnamed2', '1.2.3.5', 'unnamed', [{ port: 80 }]),
    endpoints('named', '1.2.3.6', 'named', [
      { name: 'p', port: 80 },
      { name: 'q', port: 81 },
    ]),
    named('Endpoints', 'no-endpoints', {}),
    ...['unnamed', 'unnamed2', 'no-endpoints'].map((name) => service(name, [{ port: 93 }])),
    service('named', [
      { name: 'p', port: 93 },
      { name: 'q', port: 76 },
    ]),
  ]);
  upstreamEach(SERVICE_STORAGE)([
    ['unnamed', '//1.2.3.4:80'],
    ['unnamed:', '//1.2.3.4:80'],
    ['unnamed:93', '//1.2.3.4:80'],
    ['http:unnamed:', 'http://1.2.3.4:80'],
    ['http:unnamed:93', 'http://1.2.3.4:80'],
    ['unnamed:80', undefined],
    ['unnamed2', '//1.2.3.5:80'],
    ['named:p', '//1.2.3.6:80'],
    ['named:q', '//1.2.3.6:81'],
    ['named:93', '//1.2.3.6:80'],
    ['named:76', '//1.2.3.6:81'],
    ['http:named:p', 'http://1.2.3.6:80'],
    ['http:named:q', 'http://1.2.3.6:81'],
    ['named:bad', undefined],
    ['no-endpoints', undefined],
    ['non-existent', undefined],
  ] as const)('TestServiceRegistryResourceLocation: %s', (query, location) => {
    expect(written(serviceLocation(view, 'default', query, () => 0))).toBe(location);
  });
});
