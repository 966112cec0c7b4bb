import { formatFieldPath, parseFieldPath } from '../../../apimachinery/field-path.ts';
import type { JsonValue, Path } from '../../../base/json.ts';
import { arrayAt, isJsonObject, jsonEqual, valueAt } from '../../../base/json.ts';
import type { DesignRecord } from '../../../design/design.ts';
import type { KindRegistry } from '../../../kinds/registry.ts';
import type { Schema } from '../../../openapi/schema.ts';

/** A field that every one of several objects has or can have, wherever it stands in each. */
export interface CommonField {
  /** Stable word for the field. */
  readonly key: string;
  /** Its path in the object, or from the Pod spec on where the objects hold that at different places. */
  readonly path: Path;
  readonly isOfPods: boolean;
  readonly schema: Schema;
  readonly places: readonly {
    readonly record: DesignRecord;
    readonly path: Path;
    readonly value: JsonValue | undefined;
  }[];
}

export interface SchemaOf {
  (record: DesignRecord, path: Path): Schema;
}

const SCALARS: ReadonlySet<Schema['type']> = new Set([
  'string',
  'integer',
  'number',
  'boolean',
  'quantity',
  'integerOrString',
]);
/** Fields of Pods that are often set alike, besides those that kinds show first. */
const OF_PODS = [
  'containers[*].imagePullPolicy',
  ...['requests', 'limits'].flatMap((side) =>
    ['cpu', 'memory'].map((name) => `containers[*].resources.${side}.${name}`),
  ),
  'priorityClassName',
  'terminationGracePeriodSeconds',
  'automountServiceAccountToken',
].map((field) => parseFieldPath(field));
/** What no two objects share, or what has a way of its own to be changed. */
const OWN = new Set([
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.generateName',
]);
const MOST_LEAVES = 60;

/**
 * What can be edited in several objects at once: the fields that all of their kinds show first, labels, and whatever stands
 * in all of them. A field of a Pod spec counts as one wherever a kind holds its template; a field of a list's items only
 * where every object has exactly one item.
 */
export function commonFields(
  records: readonly DesignRecord[],
  registry: KindRegistry,
  schemaOf: SchemaOf,
): readonly CommonField[] {
  const [first] = records;
  if (!first) return [];
  const candidates = new Map<string, { readonly path: Path; readonly isOfPods: boolean }>();
  for (const place of candidatePaths(first, registry)) {
    const key = `${place.isOfPods ? 'pod ' : ''}${formatFieldPath(place.path)}`;
    if (!candidates.has(key)) candidates.set(key, place);
  }
  return [...candidates].flatMap(([key, { path, isOfPods }]): CommonField[] => {
    const places = records.flatMap((record) => {
      const found = placeIn(record, path, isOfPods, registry);
      return found ? [{ record, path: found, value: valueAt(record.object, ...found) }] : [];
    });
    const schemas = places.map(({ record, path: at }) => schemaOf(record, at));
    const [schema] = schemas;
    if (!schema || places.length !== records.length || !SCALARS.has(schema.type)) return [];
    const isAlike = schemas.every(({ type, format }) => type === schema.type && format === schema.format);
    // Two lists of values that differ leave only those that both take.
    const allowed = schemas.reduce(
      (known, one) => (known && one.enum ? known.filter((value) => one.enum!.includes(value)) : (known ?? one.enum)),
      schema.enum,
    );
    return isAlike ? [{ key, path, isOfPods, schema: { ...schema, enum: allowed }, places }] : [];
  });
}

/** The one value that all have; that they differ, where they do. */
export function commonValue({ places }: CommonField): { readonly value: JsonValue | undefined } | 'mixed' {
  const [first, ...others] = places;
  return others.every(({ value }) => jsonEqual(value, first?.value)) ? { value: first?.value } : 'mixed';
}

/** Labels of the objects, by key: how many bear it, and with which values. */
export function commonLabels(records: readonly DesignRecord[]): ReadonlyMap<string, readonly string[]> {
  const labels = new Map<string, string[]>();
  for (const { object } of records) {
    const own = valueAt(object, 'metadata', 'labels');
    if (!isJsonObject(own)) continue;
    for (const [key, value] of Object.entries(own)) {
      const known = labels.get(key);
      if (known) known.push(String(value));
      else labels.set(key, [String(value)]);
    }
  }
  return labels;
}

function* candidatePaths(
  record: DesignRecord,
  registry: KindRegistry,
): Iterable<{ readonly path: Path; readonly isOfPods: boolean }> {
  const { object } = record;
  const definition = registry.of(object);
  const specPath = definition.podTemplate?.(object)?.specPath;
  const split = (path: Path) => {
    const isOfPods = specPath !== undefined && specPath.every((step, at) => path[at] === step);
    return { path: isOfPods ? path.slice(specPath.length) : path, isOfPods };
  };
  for (const field of definition.fields ?? []) yield split(parseFieldPath(field));
  if (specPath) for (const path of OF_PODS) yield { path, isOfPods: true };
  let left = MOST_LEAVES;
  for (const path of leavesOf(object, [])) {
    if (OWN.has(formatFieldPath(path)) || path[0] === 'status' || (path[0] === 'metadata' && path[1] === 'labels'))
      continue;
    if (left-- === 0) return;
    const place = split(path);
    // An item of a list is the same in another object only where each has one.
    yield { ...place, path: place.path.map((step) => (typeof step === 'number' ? '*' : step)) };
  }
}

function* leavesOf(value: JsonValue | undefined, path: Path): Iterable<Path> {
  if (Array.isArray(value)) {
    const list = value as readonly JsonValue[];
    if (list.length === 1) yield* leavesOf(list[0], [...path, 0]);
  } else if (isJsonObject(value)) {
    for (const [key, child] of Object.entries(value)) yield* leavesOf(child, [...path, key]);
  } else if (value !== null) yield path;
}

/** Where a field stands in one object; undefined where its list has not exactly one item. */
function placeIn(record: DesignRecord, path: Path, isOfPods: boolean, registry: KindRegistry): Path | undefined {
  const { object } = record;
  const base = isOfPods ? registry.of(object).podTemplate?.(object)?.specPath : [];
  if (!base) return undefined;
  const found: (string | number)[] = [...base];
  for (const step of path) {
    if (step === '*') {
      if (arrayAt(object, ...found).length !== 1) return undefined;
      found.push(0);
    } else found.push(step);
  }
  return found;
}
