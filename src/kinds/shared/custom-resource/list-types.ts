import type { FieldError } from '../../../apimachinery/field-error.ts';
import { duplicate, invalid } from '../../../apimachinery/field-error.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import type { StructuralSchema } from './structural-schema.ts';

/**
 * Items of a set, and keys of a map's items, that stand twice: told once, at the second.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype/validation.go, 1.36.
 */
export function validateListTypes(
  value: JsonValue,
  schema: StructuralSchema | undefined,
  path?: ValidationPath,
): readonly FieldError[] {
  if (schema === undefined) return [];
  if (Array.isArray(value)) {
    const list = value as readonly JsonValue[];
    return [
      ...(path === undefined ? [] : ownErrors(list, schema, path)),
      ...list.flatMap((item, index) => validateListTypes(item, schema.items, path?.index(index))),
    ];
  }
  if (!isJsonObject(value)) return [];
  const below = (name: string, child: StructuralSchema | undefined, isKey: boolean): readonly FieldError[] =>
    validateListTypes(
      value[name] ?? null,
      child,
      path === undefined ? ValidationPath.of(name) : isKey ? path.key(name) : path.child(name),
    );
  const { additional, properties } = schema;
  const names = Object.keys(value);
  return [
    ...(typeof additional === 'object' ? names.flatMap((name) => below(name, additional, true)) : []),
    ...names.flatMap((name) => below(name, properties.get(name), false)),
  ];
}

function ownErrors(list: readonly JsonValue[], schema: StructuralSchema, path: ValidationPath): readonly FieldError[] {
  if (schema.listType === 'set') return repeated(list, path);
  if (schema.listType !== 'map') return [];
  const wrong = list.findIndex((item) => item !== null && !isJsonObject(item));
  if (wrong >= 0) return [invalid(path.index(wrong), list[wrong]!, 'must be an object for an array of list-type map')];
  const keys = list.map((item) => {
    const given = schema.listMapKeys.flatMap((name): [string, JsonValue][] => {
      const key = isJsonObject(item) && Object.hasOwn(item, name) ? item[name] : undefined;
      return key === undefined ? [] : [[name, key]];
    });
    return Object.fromEntries(given);
  });
  return repeated(keys, path);
}

function repeated(items: readonly JsonValue[], path: ValidationPath): readonly FieldError[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, index) => {
    const key = canonical(item);
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 1 ? [duplicate(path.index(index), item)] : [];
  });
}

/** JSON with the keys of maps in order, as Go writes it. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part === 'bigint') return String(part);
    if (!isJsonObject(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
