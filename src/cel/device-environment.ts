import type { Environment } from './check.ts';
import { compile } from './compile.ts';
import { estimateCost } from './cost/estimate.ts';
import type { Sized } from './cost/schema-size.ts';
import { sizeAt } from './cost/schema-size.ts';
import { baseFunctions, readType } from './declarations.ts';
import * as types from './type.ts';

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
