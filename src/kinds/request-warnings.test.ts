import { beforeAll, expect, test } from 'vitest';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonObject } from '../base/json.ts';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import { preloadSchemas } from '../openapi/built-in-schemas.ts';
import { customResourcesOf } from './custom-resources.ts';
import { BUILT_IN_KINDS } from './index.ts';
import { judgeUpdate } from './judge-update.ts';
import { judge } from './judge.ts';
import { distinctOwners } from './request-warnings.ts';
import { preloadStrategies } from './strategies.ts';

const properties = (formats: JsonObject): JsonObject => ({
  type: 'object',
  properties: { a: { type: 'string', ...formats }, b: { type: 'array', items: { type: 'string', ...formats } } },
});
const definition = (formats: JsonObject = {}): KubernetesObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'foos.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'foos', kind: 'Foo' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: properties(formats) } }],
  },
});
const context = { registry: BUILT_IN_KINDS, customResources: customResourcesOf([definition()]) };

beforeAll(async () => {
  await Promise.all([
    preloadSchemas(['', 'storage.k8s.io', 'resource.k8s.io', 'apiextensions.k8s.io']),
    preloadStrategies(),
  ]);
});

const owner = { apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', ownerReferences: [owner, owner] } };
const REPEATED =
  '.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u';

/** The words of a kube-apiserver 1.36.2 that was asked. */
const cases: readonly [what: string, object: KubernetesObject, warnings: readonly string[]][] = [
  ['owners that stand twice', configMap, [REPEATED]],
  [
    'one owner under two names',
    { ...configMap, metadata: { name: 'c', ownerReferences: [owner, { ...owner, name: 'm' }] } },
    [],
  ],
  [
    'labels of Nodes that have other names now',
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIStorageCapacity',
      metadata: { name: 'c' },
      storageClassName: 's',
      nodeTopology: {
        matchLabels: { 'beta.kubernetes.io/os': 'linux' },
        matchExpressions: [{ key: 'beta.kubernetes.io/arch', operator: 'Exists' }],
      },
    },
    [
      'nodeTopology.matchExpressions[0].key: beta.kubernetes.io/arch is deprecated since v1.14; use "kubernetes.io/arch" instead',
      'nodeTopology.matchLabels.beta.kubernetes.io/os: deprecated since v1.14; use "kubernetes.io/os" instead',
    ],
  ],
  [
    'a driver in capitals',
    {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceSlice',
      metadata: { name: 'c' },
      spec: {
        driver: 'GPU.example.com',
        nodeName: 'n',
        pool: { name: 'p', generation: 1, resourceSliceCount: 1 },
      },
    },
    ['spec.driver: driver names should be lowercase; "GPU.example.com" contains uppercase characters'],
  ],
  ['formats nobody knows, once', definition({ format: 'foo' }), ['unrecognized format "foo"']],
  ['formats with dashes', definition({ format: 'k8s-short-name' }), []],
  ['formats of another type', definition({ format: 'int32' }), ['unrecognized format "int32"']],
  [
    'finalizers of a custom resource without a domain',
    {
      apiVersion: 'example.com/v1',
      kind: 'Foo',
      metadata: { name: 'f', finalizers: ['x/y', 'plain', 'a.b', 'orphan'] },
    },
    [
      'metadata.finalizers: "a.b": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers',
      'metadata.finalizers: "plain": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers',
    ],
  ],
];

test.each(cases)('%s', (_, object, warnings) => {
  const verdict = judge(object, context);
  expect([verdict.message, ...verdict.warnings]).toEqual(['', ...warnings]);
});

test('an owner that stands twice is stored once', () => {
  expect(judge(configMap, context).stored).toMatchObject({ metadata: { ownerReferences: [owner] } });
});

test('an update is told of what is new', () => {
  const before = definition({ format: 'foo' });
  expect(judgeUpdate(before, before, context).warnings).toEqual([]);
  expect(judgeUpdate(definition({ format: 'bar' }), before, context).warnings).toEqual(['unrecognized format "bar"']);
});

const of = (uid: string, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'customresourceVersion',
  kind: 'customresourceKind',
  name: 'name',
  uid,
  ...more,
});
const PLAIN = { controller: false, blockOwnerDeletion: false };

upstreamEach(
  {
    area: 'kube-apiserver',
    file: 'staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest_test.go',
    release: '1.36.2',
  },
  'TestDedupOwnerReferences',
)([
  ['simple multiple duplicates', [of('1'), of('2'), of('1'), of('1'), of('2')], [0, 1]],
  ["don't dedup same uid different name entries", [of('1', { name: 'name1' }), of('1', { name: 'name2' })], [0, 1]],
  [
    "don't dedup same uid different API version entries",
    [of('1', { apiVersion: 'customresourceVersion1' }), of('1', { apiVersion: 'customresourceVersion2' })],
    [0, 1],
  ],
  ['dedup memory-equal entries', [of('1', PLAIN), of('1', PLAIN)], [0]],
  ['dedup semantic-equal entries', [of('1', PLAIN), of('1', { ...PLAIN })], [0]],
  ["don't dedup semantic-different entries", [of('1', PLAIN), of('1')], [0, 1]],
] as const)('%s', (_name, ownerReferences, kept) => {
  const { owners } = distinctOwners({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { ownerReferences } });
  expect(owners).toEqual(kept.map((at) => ownerReferences[at]));
});
