import fc from 'fast-check';
import { isJsonObject } from '../../../base/json.ts';
import type { JsonValue } from '../../../base/json.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isRefusal } from '../../field-edit.ts';
import type { KindDefinition } from '../../kind.ts';
import { applyEdits } from './apply-edits.ts';

/**
 * For tests: no function of a kind throws, whatever stands in the object. Samples are objects of the kind with every
 * field that it reads; each run replaces something inside one by nonsense, or takes nonsense as a whole.
 */
export function expectTotal(definition: KindDefinition, samples: readonly KubernetesObject[], runs = 300): void {
  const objects = fc.oneof(
    {
      weight: 1,
      arbitrary: fc
        .object({ values: [fc.jsonValue() as fc.Arbitrary<JsonValue>] })
        .map((spec) => shell(definition, spec as JsonValue)),
    },
    { weight: 4, arbitrary: fc.constantFrom(...samples).chain(broken) },
  );
  fc.assert(
    fc.property(objects, objects, (object, other) => callEverything(definition, object, other)),
    { numRuns: runs },
  );
}

function shell({ group, version, kind }: KindDefinition, spec: JsonValue): KubernetesObject {
  return { apiVersion: group === '' ? version : `${group}/${version}`, kind, metadata: spec, spec };
}

/** The sample with one value, at any depth, replaced by something else. */
function broken(sample: KubernetesObject): fc.Arbitrary<KubernetesObject> {
  return fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 2 })).map(([pick, nonsense]) => {
    const count = { left: pick % countValues(sample) };
    const changed = replaceNth(sample, count, nonsense as JsonValue) as JsonValue;
    const whole = isJsonObject(changed) ? changed : {};
    return { ...whole, apiVersion: sample.apiVersion, kind: sample.kind };
  });
}

function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return 1 + Object.values(value).reduce<number>((sum, item) => sum + countValues(item), 0);
}

function replaceNth(value: unknown, count: { left: number }, nonsense: JsonValue): unknown {
  if (count.left-- === 0) return nonsense;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => replaceNth(item, count, nonsense));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceNth(item, count, nonsense)]));
}

function callEverything(definition: KindDefinition, object: KubernetesObject, other: KubernetesObject): void {
  const references = definition.references(object);
  definition.summary?.(object);
  definition.keys?.(object);
  definition.servicePorts?.(object);
  definition.makes?.(object);
  definition.definesKinds?.(object);
  const template = definition.podTemplate?.(object) ?? TEMPLATE;
  for (const connection of definition.connections ?? []) {
    const result = connection.connect(object, other, template);
    if (!isRefusal(result)) applyEdits(object, result.source ?? []);
    connection.connect(object, other);
  }
  for (const reference of references) applyEdits(object, definition.disconnect?.(object, reference) ?? []);
}

const TEMPLATE = {
  labels: new Map([['app', 'web']]),
  spec: { containers: [{ name: 'web', ports: [{ containerPort: 80 }, null, 3] }] },
  labelsPath: ['metadata', 'labels'],
  specPath: ['spec'],
};
