import { isJsonObject } from '../../../base/json.ts';

/**
 * Whether two parts of decoded objects are the same to the API server: a missing field, null, an empty list and an empty
 * map are one; an empty struct that is behind a pointer is not. Quantities must be in canonical form.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/equality/semantic.go, 1.36.
 */
export function semanticEqual(a: unknown, b: unknown, key = ''): boolean {
  if (Object.is(a, b)) return true;
  if (isNothing(a, key) || isNothing(b, key)) return isNothing(a, key) && isNothing(b, key);
  if (Array.isArray(a) || Array.isArray(b)) return equalLists(a, b);
  if (isJsonObject(a) && isJsonObject(b)) return equalMaps(a, b);
  return typeof a === 'bigint' || typeof b === 'bigint' ? String(a) === String(b) : false;
}

/** Fields whose empty struct says something that a missing field does not. */
const BEHIND_POINTERS: ReadonlySet<string> = new Set([
  'affinity',
  'dnsConfig',
  'emptyDir',
  'labelSelector',
  'lifecycle',
  'matchLabelSelector',
  'namespaceSelector',
  'nodeAffinity',
  'objectSelector',
  'podAffinity',
  'podAntiAffinity',
  'podSelector',
  'securityContext',
  'selector',
  'sleep',
]);

function isNothing(value: unknown, key: string): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && !BEHIND_POINTERS.has(key) && Object.keys(value).length === 0;
}

function equalLists(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, index) => semanticEqual(item, (b as readonly unknown[])[index]));
}

function equalMaps(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const own = (map: Readonly<Record<string, unknown>>, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => semanticEqual(own(a, key), own(b, key), key));
}
