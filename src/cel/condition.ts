import type { Environment } from './check.ts';
import type { Program } from './compile.ts';
import { compile } from './compile.ts';
import type { CelType } from './type.ts';
import { DYN, listOf, mapOf, sameType, typeString } from './type.ts';

export interface CompiledCondition {
  /** Undefined where there is an error. */
  readonly program: Program | undefined;
  /** What is wrong, in the server's words. */
  readonly error: string | undefined;
}

/**
 * Compiles an expression whose value must be of one of the types; of any type where none is given.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/cel/compile.go `CompileCELExpression`, 1.36.
 */
export function compileCondition(
  text: string,
  environment: Environment,
  wanted: readonly CelType[],
): CompiledCondition {
  const result = compile(text, environment);
  if (!result.ok) return { program: undefined, error: `compilation failed: ${result.message}` };
  const { program } = result;
  if (wanted.length === 0 || wanted.some((one) => sameType(one, program.type))) {
    const { instantiationError } = program;
    if (instantiationError === undefined) return { program, error: undefined };
    return { program: undefined, error: `program instantiation failed: ${instantiationError}` };
  }
  const shown = wanted.map(typeString);
  const either = wanted.length === 1 ? shown[0]! : `one of [${shown.join(' ')}]`;
  return { program: undefined, error: `must evaluate to ${either} but got ${typeString(program.type)}` };
}

/**
 * The type that `variables.x` has where its expression has the type: of libraries' types and objects nothing is known.
 * Source: composition.go `convertCelTypeToDeclType`, 1.36.
 */
export function variableType(type: CelType | undefined): CelType {
  if (type === undefined) return DYN;
  if (type.kind === 'list') return listOf(variableType(type.params[0]));
  if (type.kind === 'map') return mapOf(variableType(type.params[0]), variableType(type.params[1]));
  return type.kind === 'scalar' || type.kind === 'null' ? type : DYN;
}
