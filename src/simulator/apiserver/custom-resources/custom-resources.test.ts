import { beforeAll, expect, it } from 'vitest';
import { conditionsOf, hasCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const definition: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ships.sea.example.com' },
  spec: {
    group: 'sea.example.com',
    scope: 'Namespaced',
    names: { plural: 'ships', singular: 'ship', kind: 'Ship', listKind: 'ShipList', shortNames: ['sh'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {}, scale: { specReplicasPath: '.spec.masts', statusReplicasPath: '.status.masts' } },
        additionalPrinterColumns: [{ name: 'Masts', type: 'integer', jsonPath: '.spec.masts' }],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: { type: 'object', properties: { masts: { type: 'integer', maximum: 7, default: 3 } } },
              status: { type: 'object', properties: { masts: { type: 'integer' } } },
            },
          },
        },
      },
    ],
  },
};

const ship = (name: string, spec: KubernetesObject[string] = {}): KubernetesObject => ({
  apiVersion: 'sea.example.com/v1',
  kind: 'Ship',
  metadata: { name },
  spec,
});

function playing() {
  const cluster = Cluster.create({ seed: 4, kinds });
  cluster.runUntil(5000);
  const run = (line: string, ...objects: readonly KubernetesObject[]): string => {
    const token = cluster.kubectl(line, { 'f.yaml': objects });
    cluster.runUntil(cluster.nowMs + 3000);
    const outcome = cluster.outcomeOf(token);
    return outcome === undefined ? 'runs still' : outcome.stdout + outcome.stderr;
  };
  return { cluster, run };
}

it('serves what a definition defines: judged by it, found by kubectl, scaled, counted', () => {
  const { cluster, run } = playing();
  expect(run('apply -f f.yaml', ship('mary'))).toContain('no matches for kind "Ship" in version "sea.example.com/v1"');
  run('apply -f f.yaml', definition);
  expect(run('wait crd/ships.sea.example.com --for=condition=Established')).toContain('condition met');
  expect(run('apply -f f.yaml', ship('mary'))).toBe('ship.sea.example.com/mary created\n');
  expect(run('apply -f f.yaml', ship('ann', { masts: 8 }))).toContain(
    'The Ship "ann" is invalid: spec.masts: Invalid value: 8: spec.masts in body should be less than or equal to 7',
  );
  expect(run('apply -f f.yaml', ship('ann', { sails: 1 }))).toContain('unknown field "spec.sails"');
  expect(run('get sh')).toMatch(/mary/);
  expect(run('scale ship/mary --replicas=5')).toBe('ship.sea.example.com/mary scaled\n');
  expect(run('get ships.sea.example.com mary -o jsonpath={.spec.masts}/{.metadata.generation}')).toBe('5/2');
  expect(run('api-resources --api-group=sea.example.com')).toMatch(/ships +sh +sea.example.com\/v1 +true +Ship/);
  expect(cluster.objects().some((object) => object.kind === 'Ship')).toBe(true);
  cluster.fault({ fault: 'api-server-stop', forMs: 5000 });
  cluster.runUntil(cluster.nowMs + 2000);
  expect(cluster.objects().some((object) => object.kind === 'Ship')).toBe(true);
  cluster.runUntil(cluster.nowMs + 30_000);
  expect(run('get sh')).toMatch(/mary/);
});

it('deletes the objects with their definition, and holds it until they are gone', () => {
  const { cluster, run } = playing();
  run('apply -f f.yaml', definition);
  const held = { ...ship('mary'), metadata: { name: 'mary', finalizers: ['sea.example.com/anchor'] } };
  run('apply -f f.yaml', held, ship('ann'));
  run('delete crd ships.sea.example.com --wait=false');
  const found = () => cluster.objects().filter(({ kind }) => kind === 'Ship' || kind === 'CustomResourceDefinition');
  expect(found().map(nameOf)).toEqual(['ships.sea.example.com', 'mary']);
  expect(hasCondition(conditionsOf(found()[0]), 'Terminating', 'True')).toBe(true);
  expect(run('apply -f f.yaml', ship('eve'))).toContain(
    'create not allowed while custom resource definition is terminating',
  );
  run('patch ship mary --type=merge -p \'{"metadata":{"finalizers":null}}\'');
  cluster.runUntil(cluster.nowMs + 10_000);
  expect(found()).toEqual([]);
  expect(run('get ships')).toBe('error: the server doesn\'t have a resource type "ships"\n');
});
