import { beforeAll, describe, expect, test } from 'vitest';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { preloadSchemas } from '../../openapi/built-in-schemas.ts';
import { readSchemas } from './decode-schemas.ts';

beforeAll(() => preloadSchemas(['apiextensions.k8s.io']));

const AT = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema'];

function definition(properties: JsonObject): KubernetesObject {
  const schema = { openAPIV3Schema: { type: 'object', properties } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: { versions: [{ name: 'v1', schema }] },
  };
}

const FIELD = 'JSONSchemaProps.spec.versions.schema.openAPIV3Schema.properties';

describe('what decoders of their own read', () => {
  test.each([
    ['a text for a number', { items: { maxLength: '3' } }, `${FIELD}.items of type int64`, 'a.items', 'string'],
    ['a number for a text', { items: { type: 3 } }, `${FIELD}.items of type string`, 'a.items', 'number'],
    ['a fraction', { items: { minLength: 1.5 } }, `${FIELD}.items of type int64`, 'a.items', 'number 1.5'],
    [
      'a list for a map, further below',
      { additionalProperties: { items: { properties: [] } } },
      `${FIELD}.additionalProperties of type map[string]v1.JSONSchemaProps`,
      'a.additionalProperties.items',
      'array',
    ],
    [
      'a text among schemas',
      { items: [{ type: 'string' }, 'b'] },
      `${FIELD}.items of type v1.JSONSchemaProps`,
      'a.items[1]',
      'string',
    ],
    [
      'inside of a dependency',
      { dependencies: { b: { nullable: 'yes' } } },
      `${FIELD}.dependencies of type bool`,
      'a.dependencies.b',
      'string',
    ],
  ])('refuse %s', (_, a, into, path, value) => {
    const read = readSchemas(definition({ a: { type: 'array', ...a } }));
    expect(read).toEqual({
      ok: false,
      path: expect.anything(),
      message: `json: cannot unmarshal ${value} into Go struct field ${into}`,
    });
    expect('path' in read ? formatFieldPath(read.path.slice(AT.length)) : '').toBe(`properties.${path}`);
  });

  test('tell the one that stops the decoder first', () => {
    const read = readSchemas(definition({ a: { items: { maxLength: 'x', additionalProperties: 1 } } }));
    expect(read).toMatchObject({ ok: false, message: 'boolean or JSON schema expected' });
  });

  test('drop what they do not know, without a word, and nulls', () => {
    const items = { type: 'string', unknown: 1, maxLength: null, properties: { b: { other: true, type: 'string' } } };
    const read = readSchemas(definition({ a: { type: 'array', items } }));
    expect(read.ok && valueAt(read.object, ...AT, 'properties', 'a', 'items')).toEqual({
      type: 'string',
      properties: { b: { type: 'string' } },
    });
  });
});
