import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { atomOf, isAtomic, isDeclared, itemSchema } from './typed-value.ts';

/**
 * Paths of the lists, maps and structs in a configuration that are owned as a whole: `.spec.containers[0].args`. A list of
 * which the configuration says nothing counts too. Source:
 * staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/mutating/patch/smd.go `findAtomics`, 1.36.2.
 */
export function findAtomics(value: JsonValue, schema: PatchSchema, path = ''): readonly string[] {
  const atom = atomOf(schema, value);
  const own = (atom === 'map' && isJsonObject(value)) || (atom === 'list' && Array.isArray(value));
  if (!own || atom === undefined) return [];
  return [...(isAtomic(schema, atom) ? [path] : []), ...inside(value, schema, path)];
}

function inside(value: JsonValue, schema: PatchSchema, path: string): readonly string[] {
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).flatMap((item, index) =>
      findAtomics(item, itemSchema(schema), `${path}[${index}]`),
    );
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const field = isDeclared(schema, name) ? schema.field(name) : undefined;
    return item === undefined || field === undefined ? [] : findAtomics(item, field, `${path}.${name}`);
  });
}
