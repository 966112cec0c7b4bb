import { Service } from 'kubernetes-models/v1/Service';
import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { service } from './service.ts';

function serviceWith(spec: KubernetesObject['spec'], namespace?: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', ...(namespace && { namespace }) }, spec };
}

const everything = serviceWith({
  type: 'LoadBalancer',
  selector: { app: 'web', tier: 'front' },
  ports: [
    { name: 'http', port: 80, targetPort: 'web', nodePort: 30080 },
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'zero', port: 81, targetPort: 0 },
  ],
  loadBalancerSourceRanges: ['10.0.0.0/8', '192.0.2.0/24'],
  externalIPs: ['203.0.113.7'],
  loadBalancerIP: '203.0.113.8',
  loadBalancerClass: 'example.com/fast',
});

test('a new Service has a port, which the API server requires', () => {
  expect(service.newObject('web', 'shop')).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { ports: [{ port: 80 }] },
  });
  expect(service.newObject('web')['metadata']).toEqual({ name: 'web' });
});

describe('references', () => {
  const cases: readonly [string, KubernetesObject, readonly string[]][] = [
    [
      'labels in its own namespace',
      serviceWith({ selector: { app: 'web' } }, 'shop'),
      ['serviceSelector spec.selector -> pods app=web in shop'],
    ],
    [
      'default without a namespace',
      serviceWith({ selector: { app: 'web' } }),
      ['serviceSelector spec.selector -> pods app=web in default'],
    ],
    ['an empty selector selects nothing', serviceWith({ selector: {} }), []],
    ['no selector selects nothing', serviceWith({ ports: [{ port: 80 }] }), []],
    [
      'ExternalName ignores its selector',
      serviceWith({ type: 'ExternalName', externalName: 'db.example.com', selector: { app: 'web' } }),
      ['externalName spec.externalName -> dnsName db.example.com'],
    ],
    [
      'ExternalName stands for a Service of another namespace',
      serviceWith({ type: 'ExternalName', externalName: 'db.data.svc.cluster.local' }),
      ['externalName spec.externalName -> Service/data/db as {name}.{namespace}.svc.cluster.local'],
    ],
    ['externalName of another type counts for nothing', serviceWith({ externalName: 'db.example.com' }), []],
    [
      'what leads here from outside',
      everything,
      [
        'serviceSelector spec.selector -> pods app=web,tier=front in default',
        'policyIngress spec.loadBalancerSourceRanges[0] -> cidr 10.0.0.0/8',
        'policyIngress spec.loadBalancerSourceRanges[1] -> cidr 192.0.2.0/24',
        'address spec.externalIPs[0] -> address 203.0.113.7',
        'address spec.loadBalancerIP -> address 203.0.113.8',
        'class spec.loadBalancerClass -> controller example.com/fast',
      ],
    ],
  ];
  it.each(cases)('%s', (_, object, lines) => expect(referenceLines(service.references(object))).toEqual(lines));
});

test('ports name their targets, and the field where the target is written', () => {
  expect(service.servicePorts?.(everything)).toEqual([
    { name: 'http', port: 80, protocol: 'TCP', targetPort: 'web', field: ['spec', 'ports', 0, 'targetPort'] },
    { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53, field: ['spec', 'ports', 1, 'port'] },
    { name: 'zero', port: 81, protocol: 'TCP', targetPort: 81, field: ['spec', 'ports', 2, 'port'] },
  ]);
});

describe('an arrow to a workload', () => {
  const deployment = (namespace?: string): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', ...(namespace && { namespace }) },
  });
  const template = (labels: Record<string, string>, ports: readonly object[] = []) => ({
    labels: new Map(Object.entries(labels)),
    spec: { containers: [{ name: 'web', ports: ports as never }] },
    labelsPath: ['spec', 'template', 'metadata', 'labels'],
    specPath: ['spec', 'template', 'spec'],
  });
  const [select] = service.connections ?? [];
  const connect = (
    source: KubernetesObject,
    labels: Record<string, string>,
    ports?: readonly object[],
    namespace?: string,
  ) => connected(source, select!.connect(source, deployment(namespace), template(labels, ports)));

  const spec: readonly [string, KubernetesObject['spec'], Record<string, string>, readonly object[], unknown][] = [
    [
      'selects by name and instance, not by what changes',
      { ports: [{ port: 80 }] },
      {
        'app.kubernetes.io/name': 'web',
        'app.kubernetes.io/instance': 'shop',
        'app.kubernetes.io/version': '1',
        'pod-template-hash': 'x',
      },
      [],
      { ports: [{ port: 80 }], selector: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'shop' } },
    ],
    [
      'app and tier belong together',
      {},
      { app: 'guestbook', tier: 'frontend', color: 'red' },
      [],
      { selector: { app: 'guestbook', tier: 'frontend' } },
    ],
    ['other labels all count', {}, { color: 'red', 'pod-template-hash': 'x' }, [], { selector: { color: 'red' } }],
    [
      'a target port is written where no container listens on the number',
      { ports: [{ port: 80 }] },
      { app: 'web' },
      [{ name: 'http', containerPort: 8080 }],
      { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
    ],
    [
      'a port that a container listens on stays',
      { ports: [{ port: 80 }] },
      { app: 'web' },
      [{ containerPort: 8080 }, { containerPort: 80 }],
      { selector: { app: 'web' }, ports: [{ port: 80 }] },
    ],
    [
      'a target that somebody wrote stays',
      { ports: [{ port: 80, targetPort: 1234 }] },
      { app: 'web' },
      [{ containerPort: 8080 }],
      { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 1234 }] },
    ],
    [
      'a Service without ports gets those of the containers, each with a name',
      {},
      { app: 'web' },
      [
        { name: 'http', containerPort: 8080 },
        { containerPort: 53, protocol: 'UDP' },
      ],
      {
        selector: { app: 'web' },
        ports: [
          { name: 'http', port: 8080, targetPort: 'http' },
          { name: 'udp-53', port: 53, protocol: 'UDP' },
        ],
      },
    ],
  ];
  it.each(spec)('%s', (_, before, labels, ports, after) => {
    expect(connect(serviceWith(before), labels, ports)).toEqual(serviceWith(after as never));
  });

  test('is refused with its reason', () => {
    const plain = serviceWith({ ports: [{ port: 80 }] });
    expect(connect(serviceWith({ selector: { app: 'web' } }), { app: 'web', tier: 'front' })).toBe(
      'refused: connect.already',
    );
    expect(connect(plain, { app: 'web' }, [], 'other')).toBe('refused: connect.otherNamespace');
    expect(connect(plain, { 'pod-template-hash': 'x' })).toBe('refused: connect.noLabels');
    expect(connect(serviceWith({ type: 'ExternalName' }), { app: 'web' })).toBe('refused: connect.externalName');
    expect(select!.connect(plain, deployment())).toEqual({ refused: 'connect.noPodTemplate' });
  });
});

test('taking references away', () => {
  const [selector, first] = service.references(everything);
  expect(applyEdits(everything, service.disconnect!(everything, selector!))).not.toHaveProperty('spec.selector');
  expect(applyEdits(everything, service.disconnect!(everything, first!))).toHaveProperty(
    'spec.loadBalancerSourceRanges',
    ['192.0.2.0/24'],
  );
  const name = serviceWith({ type: 'ExternalName', externalName: 'db.example.com' });
  expect(service.disconnect!(name, service.references(name)[0]!)).toEqual({ refused: 'disconnect.required' });
});

test.each([
  [everything, { fact: 'LoadBalancer', detail: '80:30080/TCP, 53/UDP, 81/TCP' }],
  [serviceWith({ clusterIP: 'None', ports: [{ port: 80 }] }), { fact: 'headless', detail: '80/TCP' }],
  [
    serviceWith({ type: 'ExternalName', externalName: 'db.example.com' }),
    { fact: 'ExternalName', detail: 'db.example.com' },
  ],
  [serviceWith({}), { fact: 'ClusterIP' }],
])('summary %#', (object, summary) => expect(service.summary?.(object)).toEqual(summary));

test('nothing in a Service makes it throw', () => expectTotal(service, [everything]));

test('the schema accepts a new one', () => expectAccepted(Service, service.newObject('web')));
