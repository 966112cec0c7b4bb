import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { readBehaviours } from '../script/behaviours.ts';
import { readScript } from '../script/script.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const definition: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ships.sea.example.com' },
  spec: {
    group: 'sea.example.com',
    scope: 'Namespaced',
    names: { plural: 'ships', singular: 'ship', kind: 'Ship', listKind: 'ShipList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: { type: 'object', properties: { size: { type: 'integer' }, sail: { type: 'boolean' } } },
              status: { type: 'object', properties: { ready: { type: 'integer' }, phase: { type: 'string' } } },
            },
          },
        },
      },
    ],
  },
};

function ship(size: number, sail = true): KubernetesObject {
  const metadata = { name: 'vasa', namespace: 'default' };
  return { apiVersion: 'sea.example.com/v1', kind: 'Ship', metadata, spec: { size, sail } };
}

const labels = { ship: '${object.metadata.name}' };
const behaviours = [
  {
    match: { operator: 'ship-operator' },
    operator: {
      of: { apiVersion: 'sea.example.com/v1', kind: 'Ship' },
      finalizer: 'sea.example.com/harbour',
      cleanup: '20s',
      children: [
        {
          id: 'crew',
          template: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: '${object.metadata.name}-crew' },
            spec: {
              replicas: '${object.spec.size}',
              selector: { matchLabels: labels },
              template: { metadata: { labels }, spec: { containers: [{ name: 'sailor', image: 'sailor:1' }] } },
            },
          },
        },
        {
          id: 'sail',
          when: 'object.spec.sail && has(children.crew.status.readyReplicas)',
          template: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: '${object.metadata.name}-sail' },
            data: { colour: 'red-${object.spec.size}' },
          },
        },
      ],
      status: {
        ready: '${children.crew.status.readyReplicas}',
        phase: '${has(children.sail) ? "Sailing" : "InHarbour"}',
      },
    },
  },
];

function begun(): Cluster {
  const { script, problems } = readScript({ apiVersion: 'drydock.dev/v1', kind: 'Script', behaviours }, '1.36');
  expect(problems).toEqual([]);
  const cluster = Cluster.create({ seed: 5, kinds, behaviours: script.behaviours });
  cluster.runUntil(20_000);
  cluster.kubectl('apply -f crd.yaml', { 'crd.yaml': [definition] });
  cluster.runUntil(30_000);
  cluster.kubectl('apply -f ship.yaml', { 'ship.yaml': [ship(2)] });
  cluster.runUntil(90_000);
  return cluster;
}

const find = (cluster: Cluster, kind: string, name: string): KubernetesObject | undefined =>
  cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);

describe('the operator of a custom resource', () => {
  it('makes what a new object asks for, owned by it, and tells in its status how that is', () => {
    const cluster = begun();
    const crew = find(cluster, 'Deployment', 'vasa-crew');
    expect(numberAt(crew, 'spec', 'replicas')).toBe(2);
    expect(stringAt(arrayAt(crew, 'metadata', 'ownerReferences')[0], 'name')).toBe('vasa');
    expect(stringAt(find(cluster, 'ConfigMap', 'vasa-sail'), 'data', 'colour')).toBe('red-2');
    expect(find(cluster, 'Ship', 'vasa')?.['status']).toEqual({ ready: 2, phase: 'Sailing' });
  });

  it('mends what somebody changes or deletes, follows the object, and then leaves all as it is', () => {
    const cluster = begun();
    cluster.kubectl('delete deployment vasa-crew');
    cluster.kubectl('delete configmap vasa-sail');
    cluster.runUntil(120_000);
    expect(numberAt(find(cluster, 'Deployment', 'vasa-crew'), 'spec', 'replicas')).toBe(2);
    cluster.kubectl('apply -f ship.yaml', { 'ship.yaml': [ship(3, false)] });
    cluster.runUntil(180_000);
    expect(numberAt(find(cluster, 'Deployment', 'vasa-crew'), 'spec', 'replicas')).toBe(3);
    expect(find(cluster, 'ConfigMap', 'vasa-sail')).toBeUndefined();
    expect(find(cluster, 'Ship', 'vasa')?.['status']).toEqual({ ready: 3, phase: 'InHarbour' });
    expect(cluster.runUntilSettled(600_000)).toBe(true);
  });

  it('keeps an object that is deleted until it has cleaned up after it', () => {
    const cluster = begun();
    cluster.kubectl('delete ship vasa --wait=false');
    cluster.runUntil(105_000);
    expect(find(cluster, 'Deployment', 'vasa-crew')).toBeUndefined();
    expect(find(cluster, 'Ship', 'vasa')).toBeDefined();
    cluster.runUntil(180_000);
    expect(find(cluster, 'Ship', 'vasa')).toBeUndefined();
  });

  it('tries again, later and later, what the server refuses', () => {
    const cluster = begun();
    cluster.kubectl('apply -f ship.yaml', { 'ship.yaml': [ship(-1)] });
    cluster.runUntil(100_000);
    const failures = cluster.trace
      .after(0)
      .filter(({ verb, from }) => verb === 'SYNC FAILED' && from === 'operator-ship-operator');
    expect(failures.length).toBeGreaterThan(5);
    const [first, second] = failures.slice(-2).map(({ timeMs }) => timeMs);
    expect(second! - first!).toBeGreaterThan(500);
    expect(numberAt(find(cluster, 'Deployment', 'vasa-crew'), 'spec', 'replicas')).toBe(2);
  });
});

describe('an operator in a script', () => {
  it('is refused with the words of CEL where an expression cannot be', () => {
    const problems: string[] = [];
    const reader = {
      problem: (_: string, field: string, params: object) => void problems.push(`${field} ${JSON.stringify(params)}`),
    };
    const operator = { of: { apiVersion: 'sea.example.com/v1', kind: 'Ship' }, status: { ready: '${object.}' } };
    readBehaviours([{ match: { operator: 'x' }, operator }], reader as never);
    expect(problems[0]).toMatch(/^behaviours\[0\]\.operator .*Syntax error/);
  });
});
