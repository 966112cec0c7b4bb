import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { expectTotal } from '../testing/expect-total.ts';
import { listenerSetDefinition } from './listener-set.ts';
import { isGranted } from './reference-grant.ts';

const GROUP = 'gateway.networking.k8s.io';

describe('ReferenceGrant', () => {
  const grant: KubernetesObject = {
    apiVersion: `${GROUP}/v1beta1`,
    kind: 'ReferenceGrant',
    metadata: { name: 'g', namespace: 'backends' },
    spec: {
      from: [{ group: GROUP, kind: 'HTTPRoute', namespace: 'shop' }],
      to: [
        { group: '', kind: 'Service', name: 'api' },
        { group: '', kind: 'Secret' },
      ],
    },
  };
  const route = { group: GROUP, kind: 'HTTPRoute', namespace: 'shop' };
  const cases: readonly [
    string,
    typeof route,
    { group: string; kind: string; namespace: string; name: string },
    boolean,
  ][] = [
    ['by name', route, { group: '', kind: 'Service', namespace: 'backends', name: 'api' }, true],
    ['another name', route, { group: '', kind: 'Service', namespace: 'backends', name: 'web' }, false],
    ['any name', route, { group: '', kind: 'Secret', namespace: 'backends', name: 'x' }, true],
    ['another namespace than its own', route, { group: '', kind: 'Secret', namespace: 'shop', name: 'x' }, false],
    [
      'from another namespace',
      { ...route, namespace: 'x' },
      { group: '', kind: 'Secret', namespace: 'backends', name: 'x' },
      false,
    ],
    [
      'from another kind',
      { ...route, kind: 'GRPCRoute' },
      { group: '', kind: 'Secret', namespace: 'backends', name: 'x' },
      false,
    ],
  ];
  it.each(cases)('%s', (_, from, to, granted) => expect(isGranted(grant, from, to)).toBe(granted));
});

describe('ListenerSet', () => {
  const listenerSet = listenerSetDefinition({
    group: GROUP,
    version: 'v1',
    kind: 'ListenerSet',
    resource: 'listenersets',
    shortNames: [],
  });
  it('joins a Gateway of any namespace', () => {
    const fresh = listenerSet.newObject('more', 'shop');
    const gateway: KubernetesObject = {
      apiVersion: `${GROUP}/v1`,
      kind: 'Gateway',
      metadata: { name: 'edge', namespace: 'infra' },
    };
    const [join] = listenerSet.connections!;
    expect(join!.connect(fresh, gateway)).toEqual({
      source: [{ op: 'set', path: ['spec', 'parentRef'], value: { name: 'edge', namespace: 'infra' } }],
    });
  });
  it('never throws', () => expectTotal(listenerSet, [listenerSet.newObject('a')]));
});
