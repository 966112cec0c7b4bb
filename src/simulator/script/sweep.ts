import { parseFieldPath } from '../../apimachinery/field-path.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { objectIdentity } from '../../apimachinery/object-identity.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { isJsonObject, jsonEqual } from '../../base/json.ts';
import { integer, listOf, objectOf, oneOf } from './read-shape.ts';
import type { StepReader } from './request-step.ts';

/** Runs of one script with other seeds and values: each seed with each combination of values. */
export interface Sweep {
  readonly seeds: readonly number[];
  readonly parameters: readonly SweepParameter[];
  /** Each time the least number of workers is looked for at which every Pod runs: up to so many. */
  readonly leastNodes: { readonly most: number } | undefined;
}

/** A field of the script itself, or of an object of the input, and what it is in turn. */
export interface SweepParameter {
  readonly name: string;
  /** `Deployment.apps/shop/web`; undefined for the script. */
  readonly object: string | undefined;
  readonly field: Path;
  readonly values: readonly JsonValue[];
}

/** One run of a sweep: its seed, and the value of each parameter in their order. */
export interface SweepRun {
  readonly seed: number;
  readonly values: readonly JsonValue[];
}

const MOST_RUNS = 10_000;
const IDENTITY = /^[^/]+\/[^/]*\/[^/]+$/;

/**
 * `sweep` of a script.
 *
 * @example
 * sweep:
 *   seeds: [1, 2, 3]
 *   parameters:
 *   - {name: replicas, object: Deployment.apps/shop/web, field: spec.replicas, values: [2, 4, 8]}
 *   - {name: nodes, script: topology.nodes, values: [3, 5]}
 *
 * @example The least number of workers of each size of `prices`, which `sizes` names.
 * sweep:
 *   seeds: {from: 1, count: 10}
 *   leastNodes: {most: 50}
 */
export function readSweep(
  value: JsonValue | undefined,
  sizes: readonly string[],
  reader: StepReader,
): Sweep | undefined {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) return reader.problem('script.type', 'sweep', { type: 'object' });
  const { seeds, parameters = [], leastNodes, ...others } = value;
  for (const key of Object.keys(others))
    reader.problem('script.unknownField', `sweep.${key}`, { known: 'seeds, parameters, leastNodes' });
  if (!Array.isArray(parameters)) return reader.problem('script.type', 'sweep.parameters', { type: 'array' });
  const given = (parameters as readonly JsonValue[]).flatMap(
    (parameter, index) => readParameter(parameter, `sweep.parameters[${index}]`, reader) ?? [],
  );
  const least = readLeastNodes(leastNodes, sizes, reader);
  const isSized = given.some(({ object, field }) => object === undefined && jsonEqual(field, NODE_SIZE));
  const read =
    least === undefined || isSized || least.sizes.length === 0 ? given : [...given, sizeParameter(least.sizes)];
  const repeated = read.findIndex(({ name }, index) => read.findIndex((other) => other.name === name) < index);
  if (repeated >= 0)
    reader.problem('script.repeated', `sweep.parameters[${repeated}].name`, { name: read[repeated]!.name });
  const sweep = {
    seeds: readSeeds(seeds, reader),
    parameters: read,
    leastNodes: least === undefined ? undefined : { most: least.most },
  };
  const count = read.reduce((product, { values }) => product * values.length, sweep.seeds.length);
  if (count > MOST_RUNS) return reader.problem('script.number', 'sweep', { least: '1', most: String(MOST_RUNS) });
  return sweep;
}

/** `[1, 2, 3]`, or `{from: 1, count: 10}`. */
function readSeeds(value: JsonValue = [1], reader: StepReader): readonly number[] {
  if (isJsonObject(value)) {
    const { from = 1, count } = value;
    const isCount = typeof count === 'number' && Number.isSafeInteger(count) && count >= 1 && count <= MOST_RUNS;
    if (typeof from === 'number' && Number.isSafeInteger(from) && isCount)
      return Array.from({ length: count }, (_, index) => from + index);
  }
  if (Array.isArray(value) && value.length > 0 && value.every((seed) => Number.isSafeInteger(seed)))
    return value as readonly number[];
  reader.problem('script.type', 'sweep.seeds', { type: 'list of integers, or {from, count}' });
  return [1];
}

interface GivenLeast {
  readonly most: number;
  readonly sizes: readonly string[];
}

function readLeastNodes(
  value: JsonValue | undefined,
  known: readonly string[],
  reader: StepReader,
): GivenLeast | undefined {
  if (value === undefined) return undefined;
  const given = objectOf({ most: { read: integer }, sizes: { read: listOf(oneOf(...known)) } })(
    value,
    'sweep.leastNodes',
    reader,
  ) as Partial<GivenLeast> | undefined;
  const { most = 100, sizes = known } = given ?? {};
  if (most >= 1 && most <= MOST_NODES) return { most, sizes };
  return reader.problem('script.number', 'sweep.leastNodes.most', { least: '1', most: String(MOST_NODES) });
}

/** Where a script says what its workers are like, and how many there are. */
const NODE_SIZE: Path = ['topology', 'nodeSize'];
const MOST_NODES = 5000;

function sizeParameter(sizes: readonly string[]): SweepParameter {
  return { name: 'nodeSize', object: undefined, field: NODE_SIZE, values: sizes };
}

function readParameter(value: JsonValue, field: string, reader: StepReader): SweepParameter | undefined {
  if (!isJsonObject(value)) return reader.problem('script.type', field, { type: 'object' });
  const { name, object, script, field: path, values, ...others } = value;
  for (const key of Object.keys(others))
    reader.problem('script.unknownField', `${field}.${key}`, { known: 'name, object, field, script, values' });
  if (!Array.isArray(values) || values.length === 0)
    return reader.problem('script.type', `${field}.values`, { type: 'array' });
  const known = values as readonly JsonValue[];
  if (typeof script === 'string' && object === undefined)
    return { name: textOf(name, script), object: undefined, field: parseFieldPath(script), values: known };
  if (typeof object !== 'string' || !IDENTITY.test(object))
    return reader.problem('script.object', `${field}.object`, { example: 'Deployment.apps/shop/web' });
  if (typeof path !== 'string') return reader.problem('script.type', `${field}.field`, { type: 'string' });
  return { name: textOf(name, `${object} ${path}`), object, field: parseFieldPath(path), values: known };
}

function textOf(value: JsonValue | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

/** All runs, the seed changing fastest and the first parameter slowest. */
export function sweepRuns({ seeds, parameters }: Sweep): readonly SweepRun[] {
  const combinations = parameters.reduce<readonly (readonly JsonValue[])[]>(
    (made, { values }) => made.flatMap((before) => values.map((value) => [...before, value])),
    [[]],
  );
  return combinations.flatMap((values) => seeds.map((seed) => ({ seed, values })));
}

/** The script of one run. */
export function scriptOfRun(script: JsonObject, { parameters }: Sweep, { seed, values }: SweepRun): JsonObject {
  const { sweep: _, ...single } = script;
  return parameters.reduce<JsonObject>(
    (made, { object, field }, index) =>
      object === undefined ? (withValue(made, field, values[index]!) as JsonObject) : made,
    { ...single, seed },
  );
}

/** An object as one run has it. */
export function objectOfRun(object: KubernetesObject, { parameters }: Sweep, { values }: SweepRun): KubernetesObject {
  const own = objectIdentity(groupVersionKindOf(object), namespaceOf(object) ?? '', nameOf(object));
  const inDefault = objectIdentity(groupVersionKindOf(object), namespaceOf(object) ?? 'default', nameOf(object));
  return parameters.reduce<KubernetesObject>(
    (made, parameter, index) =>
      parameter.object === own || parameter.object === inDefault
        ? (withValue(made as unknown as JsonObject, parameter.field, values[index]!) as unknown as KubernetesObject)
        : made,
    object,
  );
}

/** A value with another at a path, which is made where it is not there yet. */
export function withValue(value: JsonValue | undefined, path: Path, next: JsonValue): JsonValue {
  const [first, ...rest] = path;
  if (first === undefined) return next;
  if (typeof first === 'number') {
    const items = Array.isArray(value) ? [...(value as readonly JsonValue[])] : [];
    items[first] = withValue(items[first], rest, next);
    return items;
  }
  const object: JsonObject = isJsonObject(value) ? value : {};
  return { ...object, [first]: withValue(object[first], rest, next) };
}
