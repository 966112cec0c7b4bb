import { isConstant } from './constant.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { Expression } from './expression.ts';
import { CONVERSIONS } from './library/conversions.ts';
import { needRegex } from './library/regex.ts';
import { childrenOf } from './literal-validation.ts';
import type { Value } from './value.ts';
import { uint } from './value.ts';

/**
 * Why the server cannot make a program of an expression that compiles: constants are converted and patterns read
 * beforehand. Source: interpreter/decorators.go of cel-go 0.26, and apiserver/pkg/cel/library/regex.go, 1.36.
 */
export function instantiationError(node: Expression): string | undefined {
  for (const child of childrenOf(node)) {
    const problem = instantiationError(child);
    if (problem !== undefined) return problem;
  }
  if (node.kind !== 'call') return undefined;
  const [first] = node.args;
  if (first?.kind !== 'literal') return undefined;
  const isSearch = node.target !== undefined && (node.name === 'find' || node.name === 'findAll');
  const { value } = first;
  if (isSearch && typeof value === 'string') return failure(() => needRegex(value));
  const convert = node.target === undefined && isConstant(node) ? CONVERSIONS[node.name] : undefined;
  const given: Value = typeof value === 'object' && value !== null && 'uint' in value ? uint(value.uint) : value;
  return convert && failure(() => convert([given]));
}

function failure(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof EvaluationError) return error.message;
    throw error;
  }
}
