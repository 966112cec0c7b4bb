import { isConstant, isEmptyList } from './constant.ts';
import { MAP_COST } from './construct.ts';
import { actualCallCost } from './cost/actual-cost.ts';
import type { Evaluator } from './evaluate.ts';
import { EvaluationError, noSuchOverload } from './evaluation-error.ts';
import type { Comprehension } from './expression.ts';
import { compare } from './library/operators.ts';
import * as types from './type.ts';
import type { Outcome, Value } from './value.ts';
import { isList, isMap, keyOf } from './value.ts';

const SORTED_OVERLOADS = new Set([
  types.INT,
  types.UINT,
  types.DOUBLE,
  types.BOOL,
  types.DURATION,
  types.TIMESTAMP,
  types.STRING,
  types.BYTES,
]);

/**
 * A macro that goes through a list or map, charged for as the comprehension that cel-go makes of it: its condition, a step
 * for each element, and its result. An error does not end it.
 * Source: parser/macro.go, ext/{comprehensions,lists}.go and interpreter/interpretable.go `evalFold` of cel-go 0.26.
 */
export class Fold {
  private readonly evaluator: Evaluator;
  private readonly node: Comprehension;

  constructor(evaluator: Evaluator, node: Comprehension) {
    this.evaluator = evaluator;
    this.node = node;
  }

  value(): Outcome {
    const { evaluator, node } = this;
    const isSorting = node.macro === 'sortBy';
    if (isSorting) evaluator.chargeList(true);
    const over = evaluator.value(node.over);
    if (isSorting) evaluator.charge(2);
    if (over instanceof EvaluationError) return over;
    const pairs = pairsOf(over, node.variables.length === 2);
    if (pairs === undefined) return noSuchOverload();
    const outer = evaluator.locals;
    const result = this.loop(pairs);
    evaluator.locals = outer;
    return isSorting ? this.sorted([...pairs], result) : result;
  }

  private loop(pairs: Iterable<readonly Value[]>): Outcome {
    const { macro } = this.node;
    if (macro === 'all' || macro === 'exists') return this.quantified(pairs, macro === 'exists');
    if (macro === 'exists_one') return this.counted(pairs);
    return macro === 'transformMap' || macro === 'transformMapEntry' ? this.mapped(pairs) : this.collected(pairs);
  }

  /** The variables, for one element. */
  private bind(outer: ReadonlyMap<string, Outcome>, pair: readonly Value[]): void {
    this.evaluator.locals = new Map([
      ...outer,
      ...this.node.variables.flatMap((name, at) => {
        const own = pair[at];
        return own === undefined ? [] : [[name, own] as const];
      }),
    ]);
  }

  private quantified(pairs: Iterable<readonly Value[]>, decides: boolean): Outcome {
    const { evaluator, node } = this;
    const outer = evaluator.locals;
    let result: Outcome = !decides;
    for (const pair of pairs) {
      evaluator.charge(decides ? 3 : 2);
      if (result === decides) break;
      this.bind(outer, pair);
      evaluator.charge(1);
      const value = evaluator.value(node.result);
      if (value === decides) result = decides;
      else if (typeof value !== 'boolean' && !(result instanceof EvaluationError))
        result = value instanceof EvaluationError ? value : noSuchOverload();
    }
    evaluator.charge(1);
    return result;
  }

  private counted(pairs: Iterable<readonly Value[]>): Outcome {
    const { evaluator, node } = this;
    const outer = evaluator.locals;
    let count = 0;
    let problem: EvaluationError | undefined;
    for (const pair of pairs) {
      this.bind(outer, pair);
      const value = evaluator.value(node.result);
      if (value === true) {
        evaluator.charge(2);
        count++;
      } else if (value !== false) problem = value instanceof EvaluationError ? value : noSuchOverload();
    }
    evaluator.charge(2);
    return problem ?? count === 1;
  }

  /** Whether an element counts. An error takes the place of all that came before. */
  private decided(condition: Comprehension['condition']): boolean | EvaluationError {
    const value = condition === undefined ? true : this.evaluator.value(condition);
    return typeof value === 'boolean' || value instanceof EvaluationError ? value : noSuchOverload();
  }

  private collected(pairs: Iterable<readonly Value[]>): Outcome {
    const { evaluator, node } = this;
    const outer = evaluator.locals;
    const isFilter = node.macro === 'filter';
    const found: Value[] = [];
    let problem: EvaluationError | undefined;
    evaluator.chargeList(true);
    for (const pair of pairs) {
      this.bind(outer, pair);
      const counts = this.decided(isFilter ? node.result : node.condition);
      if (counts instanceof EvaluationError) problem = counts;
      if (counts !== true) continue;
      evaluator.charge(1);
      const value = isFilter ? (pair[0] ?? null) : evaluator.value(node.result);
      if (isFilter) evaluator.charge(1);
      evaluator.chargeList(!isFilter && isConstant(node.result));
      evaluator.charge(1);
      if (value instanceof EvaluationError) problem ??= value;
      else found.push(value);
    }
    evaluator.charge(1);
    return problem ?? found;
  }

  private mapped(pairs: Iterable<readonly Value[]>): Outcome {
    const { evaluator, node } = this;
    const outer = evaluator.locals;
    const entries = new Map<Value, Value>();
    let problem: EvaluationError | undefined;
    if (!evaluator.optimizes) evaluator.charge(MAP_COST);
    for (const pair of pairs) {
      this.bind(outer, pair);
      const counts = this.decided(node.condition);
      if (counts instanceof EvaluationError) problem = counts;
      if (counts === true) problem = this.insert(entries, pair[0] ?? null, problem);
    }
    evaluator.charge(1);
    return problem ?? entries;
  }

  /** Of the three arguments that a key and a value make none is worked out after an error. */
  private insert(
    entries: Map<Value, Value>,
    key: Value,
    before: EvaluationError | undefined,
  ): EvaluationError | undefined {
    const { evaluator, node } = this;
    const isEntry = node.macro === 'transformMapEntry';
    evaluator.charge(1);
    if (before !== undefined && !isEntry) return before;
    if (!isEntry) evaluator.charge(1);
    const value = evaluator.value(node.result);
    if (value instanceof EvaluationError && !isEntry) return value;
    evaluator.charge(1);
    if (before !== undefined) return before;
    if (value instanceof EvaluationError) return value;
    if (isEntry && !isMap(value)) return noSuchOverload();
    for (const [name, own] of isEntry && isMap(value) ? value : [[keyOf(key), value] as const]) {
      if (entries.has(name)) return new EvaluationError(`insert failed: key ${String(name)} already exists`);
      entries.set(name, own);
    }
    return undefined;
  }

  /** Items in the order of their keys. */
  private sorted(pairs: readonly (readonly Value[])[], keys: Outcome): Outcome {
    const { evaluator, node } = this;
    const type = evaluator.program.typeOf(node.result);
    // Of an empty list the first overload is chosen.
    const isKnown = isEmptyList(node.over) || (type !== undefined && SORTED_OVERLOADS.has(type));
    const overload = isKnown ? { member: true, params: [], result: types.DYN } : undefined;
    evaluator.charge(actualCallCost({ name: '@sortByAssociatedKeys', overload, args: [null, keys], result: keys }));
    if (keys instanceof EvaluationError || !isList(keys)) return keys;
    try {
      return pairs
        .map((pair, at) => [pair[0] ?? null, keys[at] ?? null] as const)
        .toSorted(([, a], [, b]) => compare(a, b))
        .map(([item]) => item);
    } catch (error) {
      if (error instanceof EvaluationError) return error;
      throw error;
    }
  }
}

function pairsOf(over: Value, isPair: boolean): Iterable<readonly Value[]> | undefined {
  if (isList(over)) return over.map((value, index) => (isPair ? [BigInt(index), value] : [value]));
  return isMap(over) ? over : undefined;
}
