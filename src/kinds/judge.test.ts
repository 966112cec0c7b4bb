import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { preloadSchemas } from '../openapi/built-in-schemas.ts';
import { customResourcesOf } from './custom-resources.ts';
import { BUILT_IN_KINDS } from './index.ts';
import type { JsonObject } from '../base/json.ts';
import { judgeUpdate } from './judge-update.ts';
import { judge } from './judge.ts';
import type { JudgeContext } from './served-kind.ts';
import { preloadStrategies } from './strategies.ts';

beforeAll(async () => {
  await Promise.all([preloadSchemas(['', 'apps', 'policy', 'batch']), preloadStrategies()]);
});

const context: JudgeContext = { registry: BUILT_IN_KINDS, customResources: customResourcesOf([]) };
const settings = (more: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  ...more,
});
const pod = (spec: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ name: 'c', image: 'nginx:1' }], ...spec },
});

describe('decoding', () => {
  const cannot = 'Pod in version "v1" cannot be handled as a Pod: ';
  const words: readonly (readonly [string, object, string])[] = [
    [
      'a string for a number',
      { activeDeadlineSeconds: '30' },
      'json: cannot unmarshal string into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64',
    ],
    [
      'a fraction',
      { containers: [{ name: 'c', ports: [{ containerPort: 80.5 }] }] },
      'json: cannot unmarshal number 80.5 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      'a number too large',
      { priority: 3000000000 },
      'json: cannot unmarshal number 3000000000 into Go struct field PodSpec.spec.priority of type int32',
    ],
    [
      'a number for a string',
      { containers: [{ name: 'c', env: [{ name: 'A', value: 1 }] }] },
      'json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string',
    ],
    [
      'a named string',
      { restartPolicy: true },
      'json: cannot unmarshal bool into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy',
    ],
    [
      'a map for a list',
      { containers: { name: 'c' } },
      'json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container',
    ],
    [
      'an item of a list',
      { containers: ['c'] },
      'json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type v1.Container',
    ],
    [
      'a field of an embedded struct',
      { volumes: [{ name: 'v', emptyDir: [] }] },
      'json: cannot unmarshal array into Go struct field Volume.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource',
    ],
    [
      'an integer or string that is a fraction',
      { containers: [{ name: 'c', livenessProbe: { httpGet: { port: 1.5 } } }] },
      'json: cannot unmarshal number 1.5 into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32',
    ],
    [
      'a quantity, which stops the decoder before a wrong type that came first',
      { priority: 'x', overhead: { cpu: '1x' } },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      'unknown fields, all of them',
      { bogus: 1, containers: [{ name: 'c', imag: 'x' }] },
      'strict decoding error: unknown field "spec.containers[0].imag", unknown field "spec.bogus"',
    ],
  ];

  it.each(words)('%s', (_, spec, message) => {
    expect(judge(pod(spec), context)).toMatchObject({ valid: false, code: 400, reason: 'BadRequest' });
    expect(judge(pod(spec), context).message).toBe(cannot + message);
  });

  it.each([
    ['%%%', 0],
    ['not base64!', 3],
    ['YQ', 0],
    ['YWI', 0],
    ['YWJjZA', 4],
    ['YQ=a', 3],
    ['YQ==YQ==', 4],
    ['Y===', 1],
  ])('says where %s stops being base64', (text, offset) => {
    expect(judge(settings({ binaryData: { a: text } }), context).message).toBe(
      `ConfigMap in version "v1" cannot be handled as a ConfigMap: illegal base64 data at input byte ${offset}`,
    );
  });

  it('takes null for nothing, in fields and in maps', () => {
    const { valid, stored } = judge(settings({ data: { a: null }, immutable: null }), context);
    expect(valid).toBe(true);
    expect(stored).toEqual(settings({ metadata: { name: 'settings', namespace: 'default' }, data: { a: '' } }));
  });

  it('names fields that stand twice', () => {
    expect(judge(settings(), context, { repeated: [['data', 'a']] }).message).toContain(
      'strict decoding error: duplicate field "data.a"',
    );
  });
});

describe('what is served', () => {
  it.each([
    ['extensions/v1beta1', 'Ingress', 404],
    ['apps/v1', 'Deploymant', 404],
    ['resource.k8s.io/v1alpha3', 'DeviceTaintRule', 404],
    ['v1', 'ComponentStatus', 405],
    ['example.com/v1', 'Thing', 0],
  ])('%s %s', (apiVersion, kind, code) => {
    const verdict = judge({ apiVersion, kind, metadata: { name: 'x' } }, context);
    expect(verdict.code).toBe(code);
    expect(verdict.valid).toBe(code === 0 ? null : false);
  });
});

describe('metadata', () => {
  it('fills in the namespace, makes a name and drops what the server makes', () => {
    const { stored } = judge(
      settings({ metadata: { generateName: 'settings-', uid: 'x', resourceVersion: '7', managedFields: [] } }),
      context,
    );
    expect(stored?.['metadata']).toEqual({ generateName: 'settings-', name: 'settings-xxxxx', namespace: 'default' });
  });

  it('clears the namespace of a cluster-scoped object', () => {
    const { stored } = judge(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', namespace: 'x' } },
      context,
    );
    expect(stored?.['metadata']).not.toHaveProperty('namespace');
  });

  it('tells all causes together', () => {
    const { code, message, errors } = judge(settings({ metadata: { labels: { 'a b': '', c: 'd e' } } }), context);
    expect(code).toBe(422);
    expect(errors.map(({ field, reason }) => [field, reason])).toEqual([
      ['metadata.name', 'FieldValueRequired'],
      ['metadata.labels', 'FieldValueInvalid'],
      ['metadata.labels', 'FieldValueInvalid'],
    ]);
    expect(message).toMatch(/^ConfigMap "" is invalid: \[metadata\.name: Required value: name or generateName/);
  });

  it('of a PodDisruptionBudget is looked at last, with the rules of all kinds', () => {
    const budget = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };
    const spec = { minAvailable: 1, selector: {} };
    expect(judge({ ...budget, metadata: { name: 'A_b' }, spec }, context).valid).toBe(true);
    expect(judge({ ...budget, metadata: { name: 'a/b' }, spec }, context).errors[0]?.field).toBe('metadata.name');
  });
});

describe('updates', () => {
  it('refuses another name, and another uid as a conflict', () => {
    const old = settings({ metadata: { name: 'old', uid: 'u1' } });
    expect(judgeUpdate(settings(), old, context)).toMatchObject({
      code: 400,
      message: 'the name of the object (settings) does not match the name on the URL (old)',
      errors: [{ field: 'metadata.name', reason: 'BadRequest' }],
    });
    const other = settings({ metadata: { name: 'old', uid: 'u2' } });
    expect(judgeUpdate(other, old, context)).toMatchObject({ code: 409, reason: 'Conflict' });
  });

  it('accepts the same object again', () => {
    expect(judgeUpdate(settings(), settings(), context)).toMatchObject({ valid: true, code: 200 });
  });
});

const thing = (spec: object, version = 'v1'): KubernetesObject => ({
  apiVersion: `example.com/${version}`,
  kind: 'Thing',
  metadata: { name: 't' },
  spec: spec as KubernetesObject,
});

describe('custom resources', () => {
  const definition: KubernetesObject = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', properties: { size: { type: 'integer', minimum: 1 } } } },
            },
          },
        },
        { name: 'v0', served: false, storage: false },
      ],
    },
  };
  const withThings: JudgeContext = { ...context, customResources: customResourcesOf([definition]) };

  it.each([
    [{ size: 2 }, 'v1', 201],
    [{ size: 0 }, 'v1', 422],
    [{ size: 'x' }, 'v1', 422],
    [{ sise: 2 }, 'v1', 400],
    [{ size: 2 }, 'v0', 404],
    [{ size: 2 }, 'v2', 404],
  ])('%j in %s', (spec, version, code) => {
    expect(judge(thing(spec, version), withThings).code).toBe(code);
  });

  describe('an update in another version', () => {
    const withConversion = (conversion: JsonObject): JudgeContext => {
      const size = {
        type: 'integer',
        'x-kubernetes-validations': [{ rule: 'self >= oldSelf', message: 'may not shrink' }],
      };
      const version = (name: string, properties: JsonObject): JsonObject => ({
        name,
        served: true,
        storage: name === 'v1',
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } },
      });
      const versions = [version('v1', { size, old: { type: 'string' } }), version('v2', { size })];
      const spec = { ...(definition.spec as JsonObject), versions, conversion };
      return { ...context, customResources: customResourcesOf([{ ...definition, spec }]) };
    };
    const before = thing({ size: 2, old: 'a' });

    it('is held against the old object, of which only the apiVersion changes', () => {
      const known = withConversion({ strategy: 'None' });
      expect(judgeUpdate(thing({ size: 3 }, 'v2'), before, known)).toMatchObject({
        code: 200,
        stored: { apiVersion: 'example.com/v2', spec: { size: 3 } },
      });
      expect(judgeUpdate(thing({ size: 1 }, 'v2'), before, known)).toMatchObject({
        code: 422,
        errors: [{ field: 'spec.size', message: 'Invalid value: 1: may not shrink' }],
      });
    });

    it('is told by nobody where a webhook converts', () => {
      expect(judgeUpdate(thing({ size: 3 }, 'v2'), before, withConversion({ strategy: 'Webhook' }))).toMatchObject({
        valid: null,
        message: expect.stringContaining('from example.com/v1 to example.com/v2'),
      });
    });
  });
});
