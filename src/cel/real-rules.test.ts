import { expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { compileRules } from './schema-rules.ts';
import { validateRules } from './validate-rules.ts';

const text = { type: 'string' };
const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'object', properties, ...more });

/** Rules of definitions that are in use, with the part of the schema that they speak of; a real server takes each. */
const REAL: readonly (readonly [string, string, JsonObject])[] = [
  [
    'GRPCRoute of Gateway API',
    '(!has(self.type) || self.type == \'Exact\') && has(self.service) ? self.service.matches(r"""^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$"""): true',
    object({ type: text, service: text }),
  ],
  [
    'JobSet: a field with the name of a keyword',
    'self.templates.all(t, !has(t.metadata.namespace) || size(t.metadata.namespace) == 0)',
    object({ templates: { type: 'array', items: object({ metadata: object({ name: text, namespace: text }) }) } }),
  ],
  [
    'an embedded resource that has all of the metadata itself',
    'self.metadata.labels.all(k, k != "")',
    object(
      {
        apiVersion: text,
        kind: text,
        metadata: object({
          name: text,
          generateName: text,
          labels: { type: 'object', additionalProperties: text },
        }),
      },
      { 'x-kubernetes-embedded-resource': true },
    ),
  ],
];

test.each(REAL)('%s', (_, rule, schema) => {
  const ruled = { ...schema, 'x-kubernetes-validations': [{ rule }] };
  const compiled = compileRules(ruled, ruled, 'x-kubernetes-embedded-resource' in schema);
  expect(compiled?.[0]).toMatchObject({ error: undefined });
});

test('a keyword is found as a field of a value', () => {
  const schema = object({ namespace: text }, { 'x-kubernetes-validations': [{ rule: 'self.namespace == "a"' }] });
  expect(validateRules(schema, { namespace: 'a' })).toEqual([]);
  expect(validateRules(schema, { namespace: 'b' })).toHaveLength(1);
});

test('parts of an atomic map are known again on an update', () => {
  const part = { ...text, 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] };
  const schema = object({ ref: object({ name: part }, { 'x-kubernetes-map-type': 'atomic' }) });
  expect(validateRules(schema, { ref: { name: 'b' } }, { ref: { name: 'a' } })).toHaveLength(1);
});
