import type { Environment } from './check.ts';
import { compile } from './compile.ts';
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

/** What is wrong with a selector of devices, in the server's words. Source: the same file, `CompileCELExpression`. */
export function deviceSelectorError(text: string): string | undefined {
  const result = compile(text, deviceEnvironment());
  if (!result.ok) return `compilation failed: ${result.message}`;
  const { type } = result.program;
  if (type === types.BOOL || type === types.ANY) return undefined;
  return `must evaluate to bool or the unknown type, not ${types.typeString(type)}`;
}
