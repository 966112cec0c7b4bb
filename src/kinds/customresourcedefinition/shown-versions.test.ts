import { expect, it } from 'vitest';
import { internalSpecOf } from './internal-spec.ts';
import { shownVersions } from './shown-versions.ts';

it('a schema in place of something else is told from it', () => {
  const schema = {
    type: 'object',
    properties: {
      list: { items: { type: 'string' } },
      tuple: { items: [{ type: 'string' }], additionalItems: false },
      map: { additionalProperties: { type: 'string' } },
    },
    dependencies: { a: ['b'], c: { type: 'object' } },
  };
  const versions = [
    { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, subresources: { status: {} } },
    { name: 'v2', served: true, storage: true },
  ];
  expect(shownVersions(internalSpecOf({ versions }))).toMatchObject([
    {
      Name: 'v1',
      Schema: {
        OpenAPIV3Schema: {
          Properties: {
            list: { Items: { Schema: { Type: 'string' }, JSONSchemas: null } },
            tuple: { Items: { Schema: null, JSONSchemas: [{ Type: 'string' }] }, AdditionalItems: { Allows: false } },
            map: { AdditionalProperties: { Allows: true, Schema: { Type: 'string' } } },
          },
          Dependencies: { a: { Schema: null, Property: ['b'] }, c: { Schema: { Type: 'object' }, Property: null } },
        },
      },
      Subresources: { Status: {}, Scale: null },
      SelectableFields: null,
    },
    { Name: 'v2', Schema: null },
  ]);
});
