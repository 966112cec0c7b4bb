import type { JsonObject, JsonValue } from '../base/json.ts';
import { booleanAt, objectAt, stringAt, valueAt } from '../base/json.ts';
import { ZERO, quantityOf } from '../apimachinery/quantity.ts';
import type { Environment } from './check.ts';
import { compile } from './compile.ts';
import { estimateCost } from './cost/estimate.ts';
import type { Sized } from './cost/schema-size.ts';
import { sizeAt } from './cost/schema-size.ts';
import { baseFunctions, readType } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import { quantityValue } from './library/kubernetes.ts';
import { SEMVER, readSemver } from './library/semver.ts';
import * as types from './type.ts';
import type { Value } from './value.ts';
import { typeNameOf } from './value.ts';

const byDomain = (value: types.CelType): types.CelType => types.mapOf(types.STRING, types.mapOf(types.STRING, value));

const DEVICE = types.struct(
  'kubernetes.DRADevice',
  new Map([
    ['driver', types.STRING],
    ['allowMultipleAllocations', types.BOOL],
    ['attributes', byDomain(types.ANY)],
    ['capacity', byDomain(readType('kubernetes.Quantity'))],
  ]),
);

/** What a selector of devices may speak of. Source: staging/src/k8s.io/dynamic-resource-allocation/cel/compile.go, 1.36. */
export function deviceEnvironment(): Environment {
  return { variables: new Map([['device', DEVICE]]), functions: baseFunctions(), hasBindings: true };
}

const TEXT_63: Sized = { most: 63, leastBytes: 2 };
const byId = (most: number): Sized => ({
  most: 32,
  leastBytes: 2,
  key: TEXT_63,
  item: { most: 32, leastBytes: 2, key: { most: 32, leastBytes: 2 }, item: { most, leastBytes: 1 } },
});
/** Characters of names and values, and how many there are of them: the same file, and api/resource/v1/types.go. */
const DEVICE_SIZE: Sized = {
  most: 0,
  leastBytes: 2,
  fields: new Map([
    ['driver', TEXT_63],
    ['allowMultipleAllocations', { most: 1, leastBytes: 4 }],
    ['attributes', byId(64)],
    ['capacity', byId(0)],
  ]),
};
/** Source: staging/src/k8s.io/api/resource/v1/types.go `CELSelectorExpressionMaxCost`, 1.36. */
const MOST_COST = 1_000_000;

/** Of attributes by name, `device.attributes["domain"].name`, each is as large as any other. */
function deviceSizeAt(path: readonly string[]): number | undefined {
  if (path[0] !== 'device') return undefined;
  const isNamed = path[1] === 'attributes' && path.length > 3 && !path[3]!.startsWith('@');
  return sizeAt(DEVICE_SIZE, isNamed ? [...path.slice(0, 3), '@values', ...path.slice(4)] : path);
}

/** Whether a selector that compiles may cost more than it may. Source: pkg/apis/resource/validation/validation.go. */
export function isDeviceSelectorTooComplex(text: string): boolean {
  const result = compile(text, deviceEnvironment());
  return result.ok && estimateCost(result.program, deviceSizeAt).max > MOST_COST;
}

/** What is wrong with a selector of devices, in the server's words. Source: the same file, `CompileCELExpression`. */
export function deviceSelectorError(text: string): string | undefined {
  const result = compile(text, deviceEnvironment());
  if (!result.ok) return `compilation failed: ${result.message}`;
  const { type, instantiationError } = result.program;
  if (type === types.BOOL || type === types.ANY)
    return instantiationError && `program instantiation failed: ${instantiationError}`;
  return `must evaluate to bool or the unknown type, not ${types.typeString(type)}`;
}

/** A device as selectors see it. */
export interface SelectableDevice {
  readonly driver: string;
  /** An entry of `spec.devices` of a ResourceSlice. */
  readonly device: JsonObject;
}

/** Whether a device is selected, or why that cannot be told, in the scheduler's words. */
export type DeviceSelection = { readonly matches: boolean } | { readonly error: string };

/** A domain or name that is not there is an empty map, as upstream's `newStringInterfaceMapWithDefault` has it. */
class ByDomain extends Map<Value, Value> {
  override get(key: Value): Value {
    return super.get(key) ?? EMPTY;
  }
  override has(): boolean {
    return true;
  }
}
const EMPTY: ReadonlyMap<Value, Value> = new Map();

const compiled = new Map<string, ReturnType<typeof compile>>();

/**
 * Compiled once a text; `limit` is the cost that one evaluation may take.
 * Source: staging/src/k8s.io/dynamic-resource-allocation/cel/compile.go `DeviceMatches`, 1.36.
 */
export function matchesDeviceSelector(text: string, { driver, device }: SelectableDevice): DeviceSelection {
  let result = compiled.get(text);
  if (result === undefined) compiled.set(text, (result = compile(text, deviceEnvironment())));
  if (!result.ok) return { error: `CEL compile error: compilation failed: ${result.message}` };
  const { program } = result;
  if (program.type !== types.BOOL && program.type !== types.ANY)
    return {
      error: `CEL compile error: must evaluate to bool or the unknown type, not ${types.typeString(program.type)}`,
    };
  const attributes = new Map<string, Map<Value, Value>>();
  for (const [name, attribute] of Object.entries(objectAt(device, 'attributes') ?? {})) {
    const value = attributeValue(attribute);
    if (typeof value === 'object' && value !== null && 'error' in value)
      return { error: `CEL runtime error: attribute ${name}: ${value.error}` };
    putByDomain(attributes, name, driver, value as Value);
  }
  const capacity = new Map<string, Map<Value, Value>>();
  for (const [name, amount] of Object.entries(objectAt(device, 'capacity') ?? {}))
    putByDomain(capacity, name, driver, quantityValue(quantityOf(valueAt(amount, 'value')) ?? ZERO));
  const variable = new Map<Value, Value>([
    ['driver', driver],
    ['allowMultipleAllocations', booleanAt(device, 'allowMultipleAllocations') === true],
    ['attributes', new ByDomain(attributes)],
    ['capacity', new ByDomain(capacity)],
  ]);
  const { value } = evaluate(program, (name) => (name === 'device' ? variable : undefined), { limit: MOST_COST });
  if (value instanceof EvaluationError) return { error: `CEL runtime error: ${value.message}` };
  if (typeof value === 'boolean') return { matches: value };
  return {
    error: `CEL runtime error: CEL result of type ${typeNameOf(value)} could not be converted to bool: type conversion error from '${typeNameOf(value)}' to 'bool'`,
  };
}

function putByDomain(byDomain: Map<string, Map<Value, Value>>, name: string, driver: string, value: Value): void {
  const slash = name.indexOf('/');
  const domain = slash < 0 ? driver : name.slice(0, slash);
  const names = byDomain.get(domain) ?? new Map<Value, Value>();
  byDomain.set(domain, names.set(slash < 0 ? name : name.slice(slash + 1), value));
}

function attributeValue(attribute: JsonValue | undefined): Value | { readonly error: string } {
  const integer = valueAt(attribute, 'int');
  if (typeof integer === 'number' || typeof integer === 'bigint') return BigInt(integer);
  const flag = booleanAt(attribute, 'bool');
  if (flag !== undefined) return flag;
  const text = stringAt(attribute, 'string');
  if (text !== undefined) return text;
  const version = stringAt(attribute, 'version');
  if (version === undefined) return { error: 'unsupported attribute value' };
  const read = readSemver(version);
  return typeof read === 'string' ? { error: `parse semantic version: ${read}` } : { type: SEMVER, value: read };
}
