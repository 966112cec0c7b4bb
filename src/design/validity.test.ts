import { beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { designRegistry } from './import.ts';
import { designOf, recordNamed } from './testing/design-of.ts';
import { findRefusals, judgeContextOf, preloadValidity, verdictOf } from './validity.ts';

const TEXT = `apiVersion: v1
kind: ConfigMap
metadata: {name: Bad_Name, labels: {"a b": x, c: "d e"}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: good}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
bogus: 1
---
apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: old}
---
apiVersion: apps/v1
kind: Deploymant
metadata: {name: typo}
---
apiVersion: example.com/v1
kind: Thing
metadata: {name: unknown}
`;
const design = designOf(TEXT);
const registry = designRegistry(design, BUILT_IN_KINDS);

beforeAll(() => preloadValidity(design, registry));

describe('refusals', () => {
  it('name the record, the field, the reason and the words, each cause for itself', () => {
    const found = findRefusals(design, registry).map(({ record, field, params, severity, id }) => {
      expect([id, severity]).toEqual(['object.invalid', 'error']);
      return [design.records.get(record)!.object.kind, field.join('.'), params['reason']];
    });
    expect(found).toEqual([
      ['ConfigMap', 'metadata.name', 'FieldValueInvalid'],
      ['ConfigMap', 'metadata.labels', 'FieldValueInvalid'],
      ['ConfigMap', 'metadata.labels', 'FieldValueInvalid'],
      ['Secret', 'bogus', 'BadRequest'],
      // A version that was removed is told by the check of old versions.
      ['Deploymant', 'apiVersion', 'NotFound'],
    ]);
    expect(findRefusals(design, registry)[2]!.params['message']).toContain('Invalid value: "d e"');
  });

  it('are not found again for an object that did not change', () => {
    const record = recordNamed(design, 'ConfigMap/good');
    const context = judgeContextOf(design, registry);
    expect(verdictOf(record, context)).toBe(verdictOf({ ...record, id: 'other' }, judgeContextOf(design, registry)));
  });

  it('follow the definition of a custom resource', async () => {
    const crd = (type: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions:
  - name: v1
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {size: {type: ${type}}}}}
---
apiVersion: example.com/v1
kind: Thing
metadata: {name: t}
size: 3
`;
    for (const [type, valid] of [
      ['integer', true],
      ['string', false],
    ] as const) {
      const things = designOf(crd(type));
      const kinds = designRegistry(things, BUILT_IN_KINDS);
      await preloadValidity(things, kinds);
      expect(verdictOf(recordNamed(things, 'Thing/t'), judgeContextOf(things, kinds)).valid).toBe(valid);
    }
  });
});
