import { beforeAll, expect, test } from 'vitest';
import { schemaAt } from '../apimachinery/patch/patch-schema.ts';
import { parseApiVersion } from '../apimachinery/group-version-kind.ts';
import { parseFieldPath } from '../apimachinery/field-path.ts';
import { preloadSchemas, schemaOf } from './built-in-schemas.ts';
import { schemaFromCustomResourceDefinition } from './custom-resource-schema.ts';
import { patchSchemaOf } from './patch-schema.ts';

beforeAll(() => preloadSchemas(['', 'apps']));

const at = (apiVersion: string, kind: string, path: string) =>
  schemaAt(patchSchemaOf(schemaOf({ ...parseApiVersion(apiVersion), kind })!), parseFieldPath(path));

test.each([
  ['apps/v1', 'Deployment', 'spec', { shape: 'struct', typeName: 'DeploymentSpec' }],
  [
    'apps/v1',
    'Deployment',
    'spec.template.spec.containers',
    { shape: 'list', patchStrategy: ['merge'], patchMergeKey: 'name', listType: 'map', listMapKeys: ['name'] },
  ],
  ['apps/v1', 'Deployment', 'spec.strategy', { shape: 'struct', patchStrategy: ['retainKeys'] }],
  ['apps/v1', 'Deployment', 'spec.selector', { shape: 'struct', mapType: 'atomic' }],
  ['apps/v1', 'Deployment', 'metadata.labels', { shape: 'map' }],
  ['apps/v1', 'Deployment', 'metadata.labels.x', { shape: 'scalar', scalarType: 'string' }],
  ['apps/v1', 'Deployment', 'spec.replicas', { shape: 'scalar', scalarType: 'numeric' }],
  ['apps/v1', 'Deployment', 'spec.strategy.rollingUpdate.maxSurge', { shape: 'scalar', scalarType: 'untyped' }],
  ['apps/v1', 'ControllerRevision', 'data', { shape: 'any', mapType: 'atomic' }],
  ['v1', 'Pod', 'spec.containers[0].ports[0].protocol', { shape: 'scalar', default: 'TCP' }],
  ['v1', 'Pod', 'metadata.finalizers', { shape: 'list', listType: 'set' }],
])('%s %s %s', (apiVersion, kind, path, expected) => {
  expect(at(apiVersion, kind, path)).toMatchObject(expected);
});

test('what the schema does not declare has none', () => {
  expect(at('v1', 'Pod', 'spec.nothing')).toBeUndefined();
  expect(at('v1', 'Pod', 'spec.__proto__')).toBeUndefined();
});

test('the same schema gives the same patch schema', () => {
  const schema = schemaOf({ group: '', version: 'v1', kind: 'Pod' })!;
  expect(patchSchemaOf(schema)).toBe(patchSchemaOf(schema));
});

test('fields that a custom resource preserves are owned one by one', () => {
  const openAPIV3Schema = {
    type: 'object',
    properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
  };
  const schema = schemaFromCustomResourceDefinition(
    { spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema } }] } },
    'v1',
  )!;
  expect(schemaAt(patchSchemaOf(schema), ['spec', 'a', 'b'])).toMatchObject({ shape: 'any', mapType: 'granular' });
});
