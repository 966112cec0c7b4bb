import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { describe, expect, it, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { applyEdits, connected } from '../shared/testing/apply-edits.ts';
import { expectAccepted } from '../shared/testing/expect-accepted.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { policyRulesOf, policyTypesOf } from '../shared/network-policy.ts';
import { networkPolicy } from './networkpolicy.ts';

function policy(spec: object, namespace = 'shop'): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace },
    spec: spec as never,
  };
}

const everything = policy({
  podSelector: { matchLabels: { app: 'db' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
  policyTypes: ['Ingress', 'Egress'],
  ingress: [
    {
      from: [
        { podSelector: { matchLabels: { app: 'web' } } },
        { namespaceSelector: { matchLabels: { team: 'a' } } },
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
          podSelector: { matchLabels: { app: 'prom' } },
        },
        { namespaceSelector: {} },
        { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
        {},
      ],
      ports: [{ port: 'sql' }, { port: 8000, endPort: 9000, protocol: 'UDP' }],
    },
    {},
  ],
  egress: [
    { to: [{ podSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] },
    { to: [{ ipBlock: { cidr: '::/0' } }], ports: [{ port: 80 }, { port: 443 }] },
    { to: [], ports: [{ port: 443 }] },
  ],
});

test('rules 9 to 11: who is governed, and who may talk', () => {
  expect(referenceLines(networkPolicy.references(everything))).toEqual([
    'policySelector spec.podSelector -> pods app=db,tier in shop',
    'policyIngress spec.ingress[0].from[0].podSelector -> pods app=web in shop',
    'policyIngress spec.ingress[0].from[1].namespaceSelector -> pods <none> in {team=a}',
    'policyIngress spec.ingress[0].from[2].podSelector -> pods app=prom in ops',
    'policyIngress spec.ingress[0].from[3].namespaceSelector -> pods <none> in all',
    'policyIngress spec.ingress[0].from[4].ipBlock.cidr -> cidr 10.0.0.0/8',
    'policyIngress spec.ingress[1] -> cidr 0.0.0.0/0',
    'policyEgress spec.egress[0].to[0].podSelector -> pods <none> in shop :53',
    'policyEgress spec.egress[1].to[0].ipBlock.cidr -> cidr ::/0',
    'policyEgress spec.egress[2].to -> cidr 0.0.0.0/0 :443',
  ]);
});

test('a policy without a podSelector governs every Pod of its namespace', () => {
  expect(referenceLines(networkPolicy.references(policy({})))).toEqual(['policySelector spec -> pods <none> in shop']);
});

describe('policyTypes', () => {
  const cases: readonly [object, readonly string[]][] = [
    [{}, ['Ingress']],
    [{ policyTypes: [] }, ['Ingress']],
    [{ egress: [] }, ['Ingress']],
    [{ egress: [{}] }, ['Ingress', 'Egress']],
    [{ policyTypes: ['Egress'], ingress: [{}] }, ['Egress']],
    [{ policyTypes: ['Ingress'], egress: [{}] }, ['Ingress']],
  ];
  it.each(cases)('%j', (spec, types) => expect(policyTypesOf(policy(spec))).toEqual(types));
  it('rules of a direction that is not named have no effect', () => {
    expect(policyRulesOf(policy({ policyTypes: ['Ingress'], egress: [{}] }), 'Egress')).toEqual([]);
  });
});

test('ports of a rule, for reachability', () => {
  expect(policyRulesOf(everything, 'Ingress')[0]!.ports).toEqual([
    { field: ['spec', 'ingress', 0, 'ports', 0, 'port'], protocol: 'TCP', port: 'sql' },
    { field: ['spec', 'ingress', 0, 'ports', 1, 'port'], protocol: 'UDP', port: 8000, endPort: 9000 },
  ]);
  expect(policyRulesOf(everything, 'Ingress')[1]).toEqual({
    path: ['spec', 'ingress', 1],
    peers: 'everyone',
    ports: 'all',
  });
});

describe('arrows', () => {
  const target = (namespace: string): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
  });
  const template = { labels: new Map([['app', 'web']]), spec: {}, labelsPath: [], specPath: [] };
  const connect = (id: string, source: KubernetesObject, to: KubernetesObject) => {
    const wanted = to.kind === 'Namespace' ? 'Namespace' : 'podTemplate';
    const connection = networkPolicy.connections!.find(
      (one) => one.id === id && (one.to === 'podTemplate' ? one.to : one.to.kind) === wanted,
    );
    return connected(source, connection!.connect(source, to, wanted === 'podTemplate' ? template : undefined));
  };
  const fresh = networkPolicy.newObject('p', 'shop');
  const peer = { podSelector: { matchLabels: { app: 'web' } } };
  const inOps = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } };
  const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ops' } };

  it('governs Pods', () => {
    expect(connect('select', fresh, target('shop'))).toHaveProperty('spec.podSelector', {
      matchLabels: { app: 'web' },
    });
    expect(connect('select', fresh, target('ops'))).toBe('refused: connect.otherNamespace');
    expect(connect('select', policy({ podSelector: { matchLabels: { app: 'web' } } }), target('shop'))).toBe(
      'refused: connect.already',
    );
  });
  it('allows Pods of the same namespace in', () => {
    expect(connect('allowFrom', fresh, target('shop'))).toHaveProperty('spec.ingress', [{ from: [peer] }]);
  });
  it('allows Pods of another namespace in by both selectors at once', () => {
    expect(connect('allowFrom', fresh, target('ops'))).toHaveProperty('spec.ingress', [
      { from: [{ ...inOps, ...peer }] },
    ]);
  });
  it('isolates egress when it first allows some', () => {
    const after = connect('allowTo', fresh, target('shop'));
    expect(after).toMatchObject({ spec: { egress: [{ to: [peer] }], policyTypes: ['Ingress', 'Egress'] } });
  });
  it('leaves policyTypes out where they are implied', () => {
    expect(connect('allowTo', policy({ podSelector: {} }), target('shop'))).not.toHaveProperty('spec.policyTypes');
  });
  it('allows a whole namespace', () => {
    expect(connect('allowFrom', fresh, namespace)).toHaveProperty('spec.ingress', [{ from: [inOps] }]);
  });
  it('does nothing twice', () => {
    for (const id of ['allowFrom', 'allowTo']) {
      for (const to of [target('shop'), target('ops'), namespace]) {
        expect(connect(id, connect(id, fresh, to) as KubernetesObject, to)).toBe('refused: connect.already');
      }
    }
  });
});

describe('taking a peer away', () => {
  const away = (object: KubernetesObject, index: number) =>
    applyEdits(object, networkPolicy.disconnect!(object, networkPolicy.references(object)[index]!));
  const web = { podSelector: { matchLabels: { app: 'web' } } };
  const api = { podSelector: { matchLabels: { app: 'api' } } };

  it('keeps the others', () => {
    expect(away(policy({ podSelector: {}, ingress: [{ from: [web, api] }] }), 1)).toHaveProperty('spec.ingress', [
      { from: [api] },
    ]);
  });
  it('never leaves a rule without peers, which would allow everybody', () => {
    expect(away(policy({ podSelector: {}, ingress: [{ from: [web] }, { from: [api] }] }), 1)).toHaveProperty(
      'spec.ingress',
      [{ from: [api] }],
    );
    expect(away(policy({ podSelector: {}, ingress: [{ from: [web], ports: [{ port: 80 }] }] }), 1)).not.toHaveProperty(
      'spec.ingress',
    );
  });
  it('keeps egress isolated when its last rule goes', () => {
    expect(away(policy({ podSelector: {}, egress: [{ to: [web] }] }), 1)).toMatchObject({
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  });
  it('refuses to take the governed Pods away', () => expect(away(everything, 0)).toBe('refused: disconnect.required'));
});

test('summary', () => {
  expect(networkPolicy.summary?.(everything)).toEqual({ fact: 'Ingress, Egress', detail: 'app=db,tier' });
  expect(networkPolicy.summary?.(networkPolicy.newObject('p'))).toEqual({ fact: 'Ingress', detail: '<none>' });
});

test('nothing in a NetworkPolicy makes it throw', () => expectTotal(networkPolicy, [everything]));

test('the schema accepts a new one', () => expectAccepted(NetworkPolicy, networkPolicy.newObject('web')));
