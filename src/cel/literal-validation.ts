import { compileGoPattern } from '../apimachinery/go-pattern.ts';
import { readDuration } from '../apimachinery/duration.ts';
import { parseTime } from '../apimachinery/time.ts';
import type { Expression } from './expression.ts';
import type { Issue } from './issue.ts';

/**
 * Literals that a call could never take: durations, times and patterns are looked at when the expression is compiled.
 * Source: cel/validator.go of cel-go, as vendored by 1.36; base.go `ASTValidators`.
 */
export function literalIssues(node: Expression): readonly Issue[] {
  const own = node.kind === 'call' ? callIssues(node) : [];
  return [...own, ...childrenOf(node).flatMap(literalIssues)];
}

function callIssues({ name, args }: Expression & { readonly kind: 'call' }): readonly Issue[] {
  const argument = args.at(name === 'matches' ? -1 : 0);
  if (argument?.kind !== 'literal' || typeof argument.value !== 'string') return [];
  const { value, at } = argument;
  const problem =
    (name === 'duration' && typeof readDuration(value) === 'string') ||
    (name === 'timestamp' && parseTime(value) === undefined) ||
    (name === 'matches' && typeof compileGoPattern(value) === 'string');
  return problem ? [{ at, message: `invalid ${name} argument` }] : [];
}

export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'select':
      return [node.operand];
    case 'call':
      return node.target === undefined ? node.args : [node.target, ...node.args];
    case 'list':
      return node.items.map(({ value }) => value);
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'struct':
      return node.fields.map(({ value }) => value);
    case 'macro':
      return [node.over, ...(node.condition === undefined ? [] : [node.condition]), node.result];
  }
}
