import { cLibraryOf } from './c-library.ts';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../base/testing/upstream-table.ts';
import { HOST_RESOLV_CONF, questionsFor, resolvConfOf } from './resolv-conf.ts';

const CLUSTER_DNS_IP = '10.96.0.10';

const podWith = (spec: JsonObject): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'test-pod', namespace: 'test-ns' },
  spec,
});

const OF_CLUSTER = ['test-ns.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];
const source = { area: 'kubelet', file: 'pkg/kubelet/network/dns/dns_test.go', release: '1.36.2' } as const;

/**
 * Upstream's kubelet has a domain and servers of its own; here they are those of the simulation, whose machines have a
 * resolver without servers and search lists.
 */
describe('what stands in a Pod’s resolv.conf', () => {
  upstreamEach(
    source,
    'TestGetPodDNSType',
  )<readonly [string, JsonObject, 'cluster' | 'host' | 'none']>([
    ['valid DNSClusterFirst without hostnetwork', { dnsPolicy: 'ClusterFirst' }, 'cluster'],
    [
      'valid DNSClusterFirstWithHostNet with hostnetwork',
      { dnsPolicy: 'ClusterFirstWithHostNet', hostNetwork: true },
      'cluster',
    ],
    ['valid DNSClusterFirstWithHostNet without hostnetwork', { dnsPolicy: 'ClusterFirstWithHostNet' }, 'cluster'],
    ['valid DNSDefault without hostnetwork', { dnsPolicy: 'Default' }, 'host'],
    ['valid DNSDefault with hostnetwork', { dnsPolicy: 'Default', hostNetwork: true }, 'host'],
    [
      'DNSClusterFirst with hostnetwork, fallback to DNSDefault',
      { dnsPolicy: 'ClusterFirst', hostNetwork: true },
      'host',
    ],
    ['valid DNSNone', { dnsPolicy: 'None' }, 'none'],
  ])('%s', (_name, spec, type) => {
    const cluster = { nameservers: [CLUSTER_DNS_IP], searches: OF_CLUSTER, ndots: 5 };
    expect(resolvConfOf(podWith(spec), CLUSTER_DNS_IP)).toEqual(type === 'cluster' ? cluster : HOST_RESOLV_CONF);
  });

  const options = [{ name: 'ndots', value: '3' }, { name: 'debug' }];
  const more = { nameservers: ['10.0.0.11'], searches: ['my.domain'], options };
  const own = { nameservers: ['203.0.113.1'], searches: ['my.domain', 'second.domain'], options };

  upstreamEach(
    source,
    'TestGetPodDNSCustom',
  )<
    readonly [
      string,
      JsonObject,
      { readonly servers: readonly string[]; readonly searches: readonly string[]; readonly ndots: number },
    ]
  >([
    [
      'DNSNone without DNSConfig should have empty DNS settings',
      { dnsPolicy: 'None' },
      { servers: [], searches: [], ndots: 1 },
    ],
    [
      'DNSNone with DNSConfig should have a merged DNS settings',
      { dnsPolicy: 'None', dnsConfig: own },
      { servers: ['203.0.113.1'], searches: ['my.domain', 'second.domain'], ndots: 3 },
    ],
    [
      'DNSClusterFirst with DNSConfig should have a merged DNS settings',
      { dnsPolicy: 'ClusterFirst', dnsConfig: more },
      { servers: [CLUSTER_DNS_IP, '10.0.0.11'], searches: [...OF_CLUSTER, 'my.domain'], ndots: 3 },
    ],
    [
      'DNSClusterFirstWithHostNet with DNSConfig should have a merged DNS settings',
      { dnsPolicy: 'ClusterFirstWithHostNet', hostNetwork: true, dnsConfig: more },
      { servers: [CLUSTER_DNS_IP, '10.0.0.11'], searches: [...OF_CLUSTER, 'my.domain'], ndots: 3 },
    ],
    [
      'DNSDefault with DNSConfig should have a merged DNS settings',
      { dnsPolicy: 'Default', dnsConfig: more },
      { servers: ['10.0.0.11'], searches: ['my.domain'], ndots: 3 },
    ],
  ])('%s', (_name, spec, { servers, searches, ndots }) => {
    expect(resolvConfOf(podWith(spec), CLUSTER_DNS_IP)).toEqual({ nameservers: servers, searches, ndots });
  });

  it('holds three servers, 32 domains and 2048 letters of them at most', () => {
    const long = Array.from({ length: 40 }, (_, index) => `${'x'.repeat(60)}${index}.example`);
    const searches = Array.from({ length: 40 }, (_, index) => `d${index}.example`);
    const nameservers = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
    const many = resolvConfOf(podWith({ dnsConfig: { nameservers, searches } }), CLUSTER_DNS_IP);
    expect(many.nameservers).toEqual([CLUSTER_DNS_IP, '10.0.0.1', '10.0.0.2']);
    expect(many.searches).toHaveLength(32);
    const cut = resolvConfOf(podWith({ dnsConfig: { searches: long } }), CLUSTER_DNS_IP).searches.join(' ').length;
    expect(cut).toBeLessThanOrEqual(2048);
    expect(cut).toBeGreaterThan(2048 - 71);
  });

  upstreamLeftOut(source, {
    'TestGetPodDNSType/invalid DNS policy, should return error': 'the API server refuses such a Pod',
    TestParseResolvConf: { count: 38, reason: 'reads a file of the machine, which has none here' },
    TestFormDNSSearchFitsLimits: { count: 9, reason: 'counts the Events of limits, which are not recorded' },
    TestFormDNSNameserversFitsLimits: { count: 3, reason: 'counts the Events of limits, which are not recorded' },
    TestMergeDNSOptions: { count: 3, reason: 'options other than ndots change nothing here' },
    TestGetPodDNS: { count: 8, reason: 'the same policies on a machine with a resolver of its own' },
  });
});

describe('names that are asked for', () => {
  const conf = { nameservers: ['10.96.0.10'], searches: ['shop.svc.cluster.local', 'svc.cluster.local'], ndots: 2 };
  it.each([
    ['web', ['web.shop.svc.cluster.local', 'web.svc.cluster.local', 'web']],
    ['web.shop', ['web.shop.shop.svc.cluster.local', 'web.shop.svc.cluster.local', 'web.shop']],
    ['a.b.c', ['a.b.c', 'a.b.c.shop.svc.cluster.local', 'a.b.c.svc.cluster.local']],
    ['web.', ['web']],
  ])('for %s: %j', (host, questions) => {
    expect(questionsFor(host, conf)).toEqual(questions);
  });

  it.each([
    ['a.b.c', ['a.b.c']],
    ['web.shop', ['web.shop.shop.svc.cluster.local', 'web.shop.svc.cluster.local', 'web.shop']],
  ])('by musl for %s: %j', (host, questions) => {
    expect(questionsFor(host, { ...conf, library: 'musl' })).toEqual(questions);
  });

  it.each([
    ['alpine', 'musl'],
    ['docker.io/library/alpine:3.22', 'musl'],
    ['nginx:1.29-alpine', 'musl'],
    ['localhost:5000/shop/cart:2-alpine3.22', 'musl'],
    ['busybox:1.37-musl', 'musl'],
    ['busybox:1.37', 'glibc'],
    ['alpine-tools/web:1', 'glibc'],
    ['web', 'glibc'],
  ])('the library of %s is %s', (image, library) => {
    expect(cLibraryOf({ spec: { containers: [{ image }] } })).toBe(library);
  });
});
