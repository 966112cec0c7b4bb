import { beforeAll, describe, expect, test } from 'vitest';
import { formatFieldPath } from '../apimachinery/field-path.ts';
import type { JsonObject } from '../base/json.ts';
import { preloadSchemas } from './built-in-schemas.ts';
import { schemaFromCustomResourceDefinition } from './custom-resource-schema.ts';
import { fieldDescription } from './descriptions.ts';
import { fieldSchema } from './schema.ts';
import { validateStructure } from './structure.ts';

beforeAll(() => preloadSchemas([]));

const openAPIV3Schema: JsonObject = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      description: 'What is wanted.',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 5, description: 'How many.' },
        name: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
        ratio: { type: 'number', exclusiveMinimum: true, minimum: 0, multipleOf: 0.5 },
        colour: { type: 'string', enum: ['red', 'green'] },
        note: { type: 'string', nullable: true },
        port: { 'x-kubernetes-int-or-string': true },
        extra: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
          properties: { known: { type: 'string' } },
        },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        anything: { 'x-kubernetes-preserve-unknown-fields': true },
        template: { type: 'object', 'x-kubernetes-embedded-resource': true, properties: {} },
        tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
        hosts: {
          type: 'array',
          items: {
            type: 'object',
            properties: { name: { type: 'string' }, protocol: { type: 'string', default: 'TCP' } },
          },
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name', 'protocol'],
        },
      },
    },
  },
};

const crd = (versions: JsonObject[], more: JsonObject = {}): JsonObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  spec: { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' }, versions, ...more },
});
const v1 = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema }, subresources: { status: {} } };
const schema = () => schemaFromCustomResourceDefinition(crd([v1]), 'v1')!;
const errorsOf = (spec: unknown, more: object = {}) =>
  validateStructure(
    { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' }, spec, ...more },
    schema(),
  ).map((error) => `${formatFieldPath(error.path)} ${error.reason}${'rule' in error ? ` ${error.rule}` : ''}`);

describe('the schema of a custom resource', () => {
  test.each<[spec: unknown, ...errors: string[]]>([
    [{ size: 1 }],
    [undefined, 'spec FieldValueRequired'],
    [{}, 'spec.size FieldValueRequired'],
    [{ size: 0 }, 'spec.size FieldValueInvalid minimum'],
    [{ size: 6 }, 'spec.size FieldValueInvalid maximum'],
    [{ size: '1' }, 'spec.size FieldValueTypeInvalid'],
    [{ size: 1, sise: 2 }, 'spec.sise unknownField'],
    [{ size: 1, name: 'UP' }, 'spec.name FieldValueInvalid pattern'],
    [{ size: 1, name: 'abcdef' }, 'spec.name FieldValueTooLong maxLength'],
    [{ size: 1, ratio: 0 }, 'spec.ratio FieldValueInvalid exclusiveMinimum'],
    [{ size: 1, ratio: 0.7 }, 'spec.ratio FieldValueInvalid multipleOf'],
    [{ size: 1, colour: 'blue' }, 'spec.colour FieldValueNotSupported'],
    [{ size: 1, colour: null }, 'spec.colour FieldValueTypeInvalid'],
    [{ size: 1, note: null }],
    [{ size: 1, port: 80 }],
    [{ size: 1, port: 'http' }],
    [{ size: 1, port: true }, 'spec.port FieldValueTypeInvalid'],
    [{ size: 1, extra: { known: 'a', other: [1] } }],
    [{ size: 1, extra: { known: 1 } }, 'spec.extra.known FieldValueTypeInvalid'],
    [{ size: 1, labels: { a: 'b', c: 1 } }, 'spec.labels.c FieldValueTypeInvalid'],
    [{ size: 1, anything: { deep: [null] } }],
    [{ size: 1, template: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } } }],
    [{ size: 1, template: { spec: {} } }, 'spec.template.spec unknownField'],
    [{ size: 1, tags: ['a', 'b', 'a'] }, 'spec.tags[2] FieldValueDuplicate listType'],
    [{ size: 1, hosts: [{ name: 'a' }, { name: 'a', protocol: 'UDP' }] }],
    [{ size: 1, hosts: [{ name: 'a' }, { name: 'a', protocol: 'TCP' }] }, 'spec.hosts[1] FieldValueDuplicate listType'],
  ])('%j', (spec, ...errors) => {
    expect(errorsOf(spec)).toEqual(errors);
  });

  test('metadata is that of every object', () => {
    expect(errorsOf({ size: 1 }, { metadata: { name: 'w', labels: { a: 1 } } })).toEqual(['metadata.labels.a type']);
  });

  test('a status subresource takes the status out of what is judged', () => {
    expect(errorsOf({ size: 1 }, { status: { ready: true } })).toEqual(['status unknownField']);
    expect(schema().ignoresStatus).toBe(true);
  });

  test('its texts are its own', () => {
    expect(fieldDescription(schema(), ['spec', 'size'])).toBe('How many.');
    expect(fieldDescription(schema(), ['spec', 'size', 'x'])).toBe('');
  });
});

describe('where a CustomResourceDefinition keeps its schema', () => {
  test('the storage version answers where none is asked for', () => {
    const old = { name: 'v1alpha1', served: true, storage: false, schema: { openAPIV3Schema: { type: 'object' } } };
    const definition = crd([old, v1]);
    expect(fieldSchema(schemaFromCustomResourceDefinition(definition)!, ['spec', 'size'])?.type).toBe('integer');
    expect(fieldSchema(schemaFromCustomResourceDefinition(definition, 'v1alpha1')!, ['spec'])).toBeUndefined();
  });

  test('v1beta1 has one for all versions, and keeps unknown fields unless told not to', () => {
    const beta = {
      ...crd([], { version: 'v1', validation: { openAPIV3Schema } }),
      apiVersion: 'apiextensions.k8s.io/v1beta1',
    };
    expect(schemaFromCustomResourceDefinition(beta)?.preservesUnknownFields).toBe(true);
    const pruning = crd([], { validation: { openAPIV3Schema }, preserveUnknownFields: false });
    expect(schemaFromCustomResourceDefinition(pruning)?.preservesUnknownFields).toBe(false);
  });

  test.each<JsonObject>([
    {},
    { spec: 'x' },
    { spec: { versions: 'x' } },
    crd([]),
    crd([{ name: 'v1' }]),
    crd([{ name: 'v1', schema: { openAPIV3Schema: [] } }]),
  ])('%j has none', (definition) => {
    expect(schemaFromCustomResourceDefinition(definition, 'v1')).toBeUndefined();
  });

  test('nonsense inside a schema is taken as anything', () => {
    const nonsense = {
      type: 'object',
      properties: { a: 'x', b: { type: 'array' }, c: { pattern: '(', type: 'string' }, d: { enum: 'x' } },
    };
    const made = schemaFromCustomResourceDefinition(crd([{ ...v1, schema: { openAPIV3Schema: nonsense } }]), 'v1')!;
    expect(validateStructure({ a: 1, b: [1, 'x'], c: 'x' }, made)).toEqual([]);
    let deep: JsonObject = {};
    for (let i = 0; i < 5_000; i++) deep = { properties: { a: deep } };
    expect(schemaFromCustomResourceDefinition(crd([{ ...v1, schema: { openAPIV3Schema: deep } }]), 'v1')).toBeDefined();
  });
});
