import type { JsonValue } from '../../base/json.ts';
import { asArray, jsonEqual, step, valueAt } from '../../base/json.ts';

/**
 * The JSONPath of a printer column: `.spec.replicas`, `.metadata.labels['app\.kubernetes\.io/name']`, `.items[0]`,
 * `.status.conditions[?(@.type=="Ready")].status`, `.spec.hosts[*]`. Anything else finds nothing.
 * Source: staging/src/k8s.io/client-go/util/jsonpath, 1.36.
 */
export function printJsonPath(value: unknown, path: string): string {
  const found = findJsonPath(value, path);
  return found.flatMap(printValue).join(',');
}

const STEP =
  /\.(?<field>(?:\\.|[^.[\]\\])+)|\[(?<index>\d+|\*)\]|\['(?<key>(?:\\.|[^'\\])*)'\]|\[\?\(@\.(?<left>[\w.]+)\s*==\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')\)\]/y;

/** The values that a JSONPath finds, as they are. */
export function findJsonPath(value: unknown, path: string): readonly JsonValue[] {
  let found: readonly JsonValue[] = [value as JsonValue];
  const matcher = new RegExp(STEP);
  while (matcher.lastIndex < path.length) {
    const groups = matcher.exec(path)?.groups;
    if (!groups) return [];
    found = found.flatMap((item) => take(item, groups));
  }
  return found;
}

function take(value: JsonValue, groups: Record<string, string | undefined>): readonly JsonValue[] {
  const { field, index, key, left } = groups;
  const name = field ?? key;
  if (name !== undefined) return present(step(value, name.replaceAll(/\\(.)/g, '$1')));
  if (index !== undefined) return index === '*' ? asArray(value) : present(asArray(value)[Number(index)]);
  if (left === undefined) return [];
  const wanted = groups['double'] ?? groups['single'] ?? '';
  return asArray(value).filter((item) => jsonEqual(valueAt(item, ...left.split('.')), wanted));
}

function present(value: JsonValue | undefined): readonly JsonValue[] {
  return value === undefined || value === null ? [] : [value];
}

function printValue(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'object' ? [] : [String(value)];
}
