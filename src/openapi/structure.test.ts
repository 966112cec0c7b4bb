import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { formatFieldPath, parseFieldPath } from '../apimachinery/field-path.ts';
import { parseApiVersion } from '../apimachinery/group-version-kind.ts';
import type { JsonValue } from '../base/json.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas, schemaOf } from './built-in-schemas.ts';
import type { Schema } from './schema.ts';
import { validateStructure } from './structure.ts';

beforeAll(() => preloadSchemas(GROUPS_WITH_SCHEMAS));

const schemaFor = (object: { apiVersion: string; kind: string }): Schema =>
  schemaOf({ ...parseApiVersion(object.apiVersion), kind: object.kind })!;

/** `path reason` of each error. */
const errorsOf = (object: { apiVersion: string; kind: string }): string[] =>
  validateStructure(object, schemaFor(object)).map(({ path, reason }) => `${formatFieldPath(path)} ${reason}`);

const deployment = () => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          { name: 'web', image: 'nginx', ports: [{ containerPort: 80 }], resources: { limits: { cpu: '500m' } } },
        ],
      },
    },
  },
});

/** The object with one field set; `undefined` takes it away. */
function withField(object: object, path: string, value: unknown): { apiVersion: string; kind: string } {
  const copy = structuredClone(object) as { apiVersion: string; kind: string };
  const steps = parseFieldPath(path);
  let current = copy as unknown as Record<string | number, unknown>;
  for (const key of steps.slice(0, -1)) current = (current[key] ??= {}) as Record<string | number, unknown>;
  const last = steps.at(-1)!;
  if (value === undefined) delete current[last];
  else Object.defineProperty(current, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

describe('a Deployment', () => {
  test('that a server accepts has no error', () => {
    expect(errorsOf(deployment())).toEqual([]);
  });

  const container = 'spec.template.spec.containers[0]';
  test.each<[field: string, value: unknown, ...errors: string[]]>([
    // Unknown fields: their names are compared as they are written.
    ['spec.replica', 1, 'spec.replica unknownField'],
    ['Spec', {}, 'Spec unknownField'],
    [`${container}.imagePullpolicy`, 'Always', `${container}.imagePullpolicy unknownField`],
    ['__proto__', { a: 1 }, '__proto__ unknownField'],
    ['constructor', 1, 'constructor unknownField'],
    // Integers.
    ['spec.replicas', 1.5, 'spec.replicas type'],
    ['spec.replicas', '2', 'spec.replicas type'],
    ['spec.replicas', true, 'spec.replicas type'],
    ['spec.replicas', 2147483647],
    ['spec.replicas', 2147483648, 'spec.replicas type'],
    ['spec.replicas', -2147483649, 'spec.replicas type'],
    ['spec.replicas', 12345678901234567890n, 'spec.replicas type'],
    ['spec.replicas', -1],
    ['metadata.generation', 9007199254740993n],
    ['metadata.generation', 9223372036854775808n, 'metadata.generation type'],
    ['metadata.generation', 1e19, 'metadata.generation type'],
    ['metadata.deletionGracePeriodSeconds', NaN, 'metadata.deletionGracePeriodSeconds type'],
    // Strings are strings.
    ['metadata.labels.app', 1, 'metadata.labels.app type'],
    ['metadata.labels', ['a'], 'metadata.labels type'],
    [`${container}.image`, false, `${container}.image type`],
    [`${container}.command`, 'sh', `${container}.command type`],
    [`${container}.command`, ['sh', 1], `${container}.command[1] type`],
    ['metadata.labels.__proto__', 'x'],
    // Booleans.
    ['spec.paused', 'true', 'spec.paused type'],
    ['spec.paused', 1, 'spec.paused type'],
    // null is as good as absent.
    ['spec.replicas', null],
    ['metadata.creationTimestamp', null],
    [`${container}.ports`, null],
    [`${container}.ports[0]`, null],
    ['metadata.labels.app', null],
    ['spec.template.spec', null],
    ['spec.selector', null, 'spec.selector FieldValueRequired'],
    ['spec.selector', undefined, 'spec.selector FieldValueRequired'],
    [`${container}.name`, undefined, `${container}.name FieldValueRequired`],
    [`${container}.ports[0]`, {}, `${container}.ports[0].containerPort FieldValueRequired`],
    // Enums; the empty string is no value.
    [`${container}.imagePullPolicy`, 'Sometimes', `${container}.imagePullPolicy FieldValueNotSupported`],
    [`${container}.imagePullPolicy`, ''],
    [`${container}.ports[0].protocol`, 'tcp', `${container}.ports[0].protocol FieldValueNotSupported`],
    ['spec.selector.matchExpressions', [{ key: 'a', operator: '' }]],
    // An integer or a string.
    ['spec.strategy', { rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } }],
    ['spec.strategy', { rollingUpdate: { maxSurge: true } }, 'spec.strategy.rollingUpdate.maxSurge type'],
    ['spec.strategy', { rollingUpdate: { maxSurge: 0.5 } }, 'spec.strategy.rollingUpdate.maxSurge type'],
    ['spec.strategy', { rollingUpdate: { maxSurge: 2147483648 } }, 'spec.strategy.rollingUpdate.maxSurge type'],
    // Quantities.
    [`${container}.resources.limits.cpu`, 1],
    [`${container}.resources.limits.cpu`, 0.5],
    [`${container}.resources.limits.cpu`, '1e3'],
    [`${container}.resources.limits.cpu`, ' 1 '],
    [`${container}.resources.limits.memory`, '1.5GB', `${container}.resources.limits.memory type`],
    [`${container}.resources.limits.memory`, '', `${container}.resources.limits.memory type`],
    [`${container}.resources.limits.memory`, true, `${container}.resources.limits.memory type`],
    // Times.
    ['metadata.creationTimestamp', '2024-02-29T12:00:00Z'],
    ['metadata.creationTimestamp', '2024-02-29T12:00:00.5+08:00'],
    ['metadata.creationTimestamp', '2023-02-29T12:00:00Z', 'metadata.creationTimestamp type'],
    ['metadata.creationTimestamp', '2024-01-01 12:00:00Z', 'metadata.creationTimestamp type'],
    ['metadata.creationTimestamp', '2024-01-01', 'metadata.creationTimestamp type'],
    // A status is dropped: it need only be decoded.
    ['status', { conditions: [{ type: 'Available' }] }],
    ['status', { replicas: 'two' }, 'status.replicas type'],
    ['status', { replica: 2 }, 'status.replica unknownField'],
    // Whole parts of the wrong type.
    ['spec', [], 'spec type'],
    ['metadata', 'web', 'metadata type'],
    ['spec.template.spec.containers', {}, 'spec.template.spec.containers type'],
  ])('%# %s', (field, value, ...errors) => {
    expect(errorsOf(withField(deployment(), field, value))).toEqual(errors);
  });
});

describe('other kinds', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } };
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'l' } };
  const route = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'r' },
    spec: { hostnames: ['example.com'] },
  };
  test.each<[object: object, field: string, value: unknown, ...errors: string[]]>([
    [secret, 'data.k', 'cGFzcw=='],
    [secret, 'data.k', 'cGFz\ncw==\n'],
    [secret, 'data.k', 'cGFzcw', 'data.k type'],
    [secret, 'data.k', 'not base64!', 'data.k type'],
    [secret, 'data.k', ''],
    [lease, 'spec', { renewTime: '2024-01-01T00:00:00.000000Z' }],
    [lease, 'spec', { renewTime: '2024-01-01T00:00:00Z' }, 'spec.renewTime type'],
    // Gateway API: judged as custom resources are.
    [route, 'spec.hostnames[0]', 'UPPER', 'spec.hostnames[0] FieldValueInvalid'],
    [route, 'spec.hostnames[0]', 1, 'spec.hostnames[0] FieldValueTypeInvalid'],
    [route, 'spec.rules', [], 'spec.rules FieldValueInvalid'],
    [
      route,
      'spec.rules',
      [{ backendRefs: [{ name: 'a', port: 0 }] }],
      'spec.rules[0].backendRefs[0].port FieldValueInvalid',
    ],
    [route, 'spec.rules', [{ backendRefs: [{ port: 80 }] }], 'spec.rules[0].backendRefs[0].name FieldValueRequired'],
    [
      route,
      'spec.rules',
      [{ matches: [{ path: { type: 'Regex', value: '/' } }] }],
      'spec.rules[0].matches[0].path.type FieldValueNotSupported',
    ],
    [route, 'spec.hostnames', null, 'spec.hostnames FieldValueTypeInvalid'],
    [route, 'spec', undefined, 'spec FieldValueRequired'],
  ])('%#', (object, field, value, ...errors) => {
    expect(errorsOf(withField(object, field, value))).toEqual(errors);
  });

  test('every field of a removed version is known', () => {
    const ingress = {
      apiVersion: 'extensions/v1beta1',
      kind: 'Ingress',
      metadata: { name: 'i' },
      spec: { backend: { serviceName: 'a', servicePort: 'http' } },
    };
    expect(errorsOf(ingress)).toEqual([]);
  });
});

describe('bad input', () => {
  test('a schema nested 20,000 levels deep ends in an error, not in a full stack', () => {
    let schema: Record<string, unknown> = {};
    for (let i = 0; i < 20_000; i++) schema = { properties: { a: schema } };
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      spec: { versions: [{ name: 'v1', schema: { openAPIV3Schema: schema } }] },
    };
    expect(validateStructure(crd, schemaFor(crd)).some((error) => 'rule' in error && error.rule === 'depth')).toBe(
      true,
    );
  });

  test('10,000 unknown fields give at most 200 errors', () => {
    const fields = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`x${i}`, i]));
    expect(errorsOf({ apiVersion: 'v1', kind: 'Pod', ...fields })).toHaveLength(200);
  });

  test('nothing makes it throw or change the object', () => {
    const schemas = [
      schemaFor({ apiVersion: 'v1', kind: 'Pod' }),
      schemaFor({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' }),
    ];
    const words = fc.constantFrom(
      'spec',
      'metadata',
      'containers',
      'labels',
      'ports',
      'listeners',
      'status',
      '__proto__',
      'x',
    );
    const value = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, true, 0, -1.5, 10n ** 30n, '', 'a', undefined),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(words, tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, fc.constantFrom(...schemas), (object, schema) => {
        const before = structuredClone(object);
        for (const { path } of validateStructure(object, schema)) expect(Array.isArray(path)).toBe(true);
        expect(object).toEqual(before);
      }),
    );
  });

  test.each<JsonValue | undefined>([undefined, null, 1, 'text', [], true])('%j in place of an object', (value) => {
    expect(() => validateStructure(value, schemaFor({ apiVersion: 'v1', kind: 'Pod' }))).not.toThrow();
  });
});
