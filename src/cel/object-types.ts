import type { Value } from './value.ts';
import { isList, isMap, structTypeOf } from './value.ts';

/**
 * Objects that are written as of a type that does not fit where they stand: `Object.spec{selector: Object.spec.wrong{}}`.
 * One sentence each. Source: staging/src/k8s.io/apiserver/pkg/cel/mutation/dynamic/objects.go
 * `CheckTypeNamesMatchFieldPathNames`, 1.36.2.
 */
export function typeNameProblems(value: Value): readonly string[] {
  const root = isMap(value) ? structTypeOf(value) : undefined;
  return root === undefined ? [] : problemsAt(value, root);
}

function problemsAt(value: Value, path: string): readonly string[] {
  if (isList(value)) return value.flatMap((item) => problemsAt(item, path));
  if (!isMap(value)) return [];
  const type = structTypeOf(value);
  if (type === undefined) return [...value.values()].flatMap((item) => problemsAt(item, path));
  const wrong = `unexpected type name "${type}", expected "${path}", which matches field name path from root Object type`;
  return [
    ...(type === path ? [] : [wrong]),
    ...[...value].flatMap(([name, own]) => problemsAt(own, `${path}.${String(name)}`)),
  ];
}
