import { isJsonObject } from '../../../base/json.ts';

/**
 * Whether two parts of decoded objects are the same to the API server, which compares them as Go values: a missing list or
 * map and an empty one are one; so are a missing and an empty struct, and a missing scalar and its zero value, unless the
 * field is a pointer in Go. JSON does not tell which fields are, so those that are not are listed below by name: of any
 * other field the empty value says something. Quantities must be in canonical form.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/equality/semantic.go and pkg/apis/core/types.go, 1.36.
 */
export function semanticEqual(a: unknown, b: unknown, key = '', parent = ''): boolean {
  if (Object.is(a, b)) return true;
  if (isNothing(a, key, parent) || isNothing(b, key, parent)) {
    return isNothing(a, key, parent) && isNothing(b, key, parent);
  }
  if (Array.isArray(a) || Array.isArray(b)) return equalLists(a, b);
  if (isJsonObject(a) && isJsonObject(b)) return equalMaps(a, b, key);
  return typeof a === 'bigint' || typeof b === 'bigint' ? String(a) === String(b) : false;
}

/** Maps with keys of the user's choice. */
const MAPS: ReadonlySet<string> = new Set(
  'annotations binaryData data limits labels matchLabels nodeSelector options overhead parameters requests selector stringData volumeAttributes'.split(
    ' ',
  ),
);

/** Structs that are no pointers. */
const STRUCTS: ReadonlySet<string> = new Set(
  'metadata preference podAffinityTerm resources spec status strategy template updateStrategy'.split(' '),
);

/** Scalars that are no pointers, and so can be missing or zero. */
const SCALARS: ReadonlySet<string> = new Set(
  [
    'apiVersion claimName containerPort driver effect fsType hostIP hostIPC hostNetwork hostPID',
    'hostPort hostname image initialDelaySeconds key kind medium minReadySeconds mountPath name namespace nodeName',
    'nodePort operator path prefix priorityClassName protocol publishNotReadyAddresses readOnly schedulerName',
    'secretName serviceAccount serviceAccountName stdin stdinOnce subPath subPathExpr subdomain targetContainerName',
    'generateName generation resourceVersion selfLink uid',
    'topologyKey tty unschedulable value workingDir',
  ].flatMap((line) => line.split(' ')),
);

function isNothing(value: unknown, key: string, parent: string): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') {
    return Object.keys(value).length === 0 && (key === '' || MAPS.has(key) || STRUCTS.has(key));
  }
  const isZero = value === '' || value === 0 || value === false;
  return isZero && SCALARS.has(key) && !MAPS.has(parent);
}

function equalLists(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, index) => semanticEqual(item, (b as readonly unknown[])[index]));
}

type Fields = Readonly<Record<string, unknown>>;

function equalMaps(a: Fields, b: Fields, key: string): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => semanticEqual(own(a, name), own(b, name), name, key));
}

function own(map: Fields, name: string): unknown {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
