import { parseFieldPath } from '../../apimachinery/field-path.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../apimachinery/object.ts';
import { objectIdentity } from '../../apimachinery/object-identity.ts';
import { groupVersionKindOf } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import type { StepReader } from './request-step.ts';

/** Runs of one script with other seeds and values: each seed with each combination of values. */
export interface Sweep {
  readonly seeds: readonly number[];
  readonly parameters: readonly SweepParameter[];
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
 */
export function readSweep(value: JsonValue | undefined, reader: StepReader): Sweep | undefined {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) return reader.problem('script.type', 'sweep', { type: 'object' });
  const { seeds = [1], parameters = [], ...others } = value;
  for (const key of Object.keys(others))
    reader.problem('script.unknownField', `sweep.${key}`, { known: 'seeds, parameters' });
  const isSeeds = Array.isArray(seeds) && seeds.length > 0 && seeds.every((seed) => Number.isSafeInteger(seed));
  if (!isSeeds) reader.problem('script.type', 'sweep.seeds', { type: 'list of integers' });
  if (!Array.isArray(parameters)) return reader.problem('script.type', 'sweep.parameters', { type: 'array' });
  const read = (parameters as readonly JsonValue[]).flatMap(
    (parameter, index) => readParameter(parameter, `sweep.parameters[${index}]`, reader) ?? [],
  );
  const sweep = { seeds: isSeeds ? (seeds as readonly number[]) : [1], parameters: read };
  const count = read.reduce((product, { values }) => product * values.length, sweep.seeds.length);
  if (count > MOST_RUNS) return reader.problem('script.number', 'sweep', { least: '1', most: String(MOST_RUNS) });
  return sweep;
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
