import type { Comprehension, Expression, MacroName } from './expression.ts';
import { SyntaxProblem } from './issue.ts';

const OVER: readonly MacroName[] = ['all', 'exists', 'exists_one', 'map', 'filter', 'sortBy', 'optMap', 'optFlatMap'];
const OVER_PAIRS: readonly MacroName[] = [
  'all',
  'exists',
  'exists_one',
  'transformList',
  'transformMap',
  'transformMapEntry',
];

/**
 * A call that is a macro; undefined for what is a plain call.
 * Source: github.com/google/cel-go/parser/macro.go, ext/comprehensions.go, cel/library.go, as vendored by 1.36.
 */
export function expandMacro(
  called: string,
  target: Expression | undefined,
  args: readonly Expression[],
  at: number,
  hasBindings: boolean,
): Expression | undefined {
  const name = called === 'existsOne' ? 'exists_one' : called;
  if (target === undefined) return name === 'has' && args.length === 1 ? testOf(args[0]!, at) : undefined;
  if (hasBindings && name === 'bind' && target.kind === 'name' && target.name === 'cel' && args.length === 3)
    return { ...loop('bind', args[1]!, at), variables: [boundName(args[0]!)], result: args[2]! };
  const macro = OVER.find((known) => known === name);
  const [first, second, third, fourth] = args;
  if (macro !== undefined && args.length === 2 && called !== 'existsOne')
    return { ...loop(macro, target, at), variables: [variableOf(first!)], result: second! };
  if (macro === 'map' && args.length === 3)
    return { ...loop(macro, target, at), variables: [variableOf(first!)], condition: second!, result: third! };
  const pairs = OVER_PAIRS.find((known) => known === name);
  if (pairs === undefined || args.length < 3) return undefined;
  const variables = [variableOf(first!), variableOf(second!)];
  if (args.length === 3) return { ...loop(pairs, target, at), variables, result: third! };
  if (args.length !== 4 || !pairs.startsWith('transform')) return undefined;
  return { ...loop(pairs, target, at), variables, condition: third!, result: fourth! };
}

const loop = (
  macro: MacroName,
  over: Expression,
  at: number,
): Pick<Comprehension, 'kind' | 'macro' | 'over' | 'at'> => ({
  kind: 'macro',
  macro,
  over,
  at,
});

function testOf(argument: Expression, at: number): Expression {
  if (argument.kind === 'select' && argument.how !== 'test') return { ...argument, at, how: 'test' };
  throw new SyntaxProblem(argument.at, 'invalid argument to has() macro');
}

function boundName(argument: Expression): string {
  if (argument.kind !== 'name')
    throw new SyntaxProblem(argument.at, 'cel.bind() variable names must be simple identifiers');
  return argument.name;
}

function variableOf(argument: Expression): string {
  if (argument.kind !== 'name') throw new SyntaxProblem(argument.at, 'argument must be a simple name');
  return argument.name;
}
