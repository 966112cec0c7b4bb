import { EvaluationError, noSuchOverload } from './evaluation-error.ts';
import type { Comprehension, Expression, Literal } from './expression.ts';
import { isSeries } from './expression.ts';
import { fieldSpokenOf } from './field-name.ts';
import { IMPLEMENTATIONS } from './library/index.ts';
import { compare } from './library/operators.ts';
import type { Value } from './value.ts';
import { NONE, heldBy, isList, isMap, keyOf, some, special, typeValue, uint } from './value.ts';
import { typeNamed } from './check.ts';

/** The values of variables; one that is costly is made when it is first asked for. */
export type Activation = (name: string) => Value | undefined;

/** Source: staging/src/k8s.io/apiserver/pkg/apis/cel/config.go `PerCallLimit`, 1.36, in units of cost. */
const PER_CALL_LIMIT = 1_000_000;
const OUT_OF_BUDGET = 'operation cancelled: actual cost limit exceeded';

export interface Evaluated {
  readonly value: Value;
  /** Units spent: a step of evaluation is one. The server weighs some steps more. */
  readonly cost: number;
}

/** Throws `EvaluationError` where the expression has no value, also when it takes more steps than one call may. */
export function evaluate(expression: Expression, activation: Activation): Evaluated {
  const evaluator = new Evaluator(activation);
  const value = evaluator.value(expression);
  return { value, cost: evaluator.cost };
}

class Evaluator {
  cost = 0;
  private readonly activation: Activation;
  private locals: ReadonlyMap<string, Value> = new Map();

  constructor(activation: Activation) {
    this.activation = activation;
  }

  value(node: Expression): Value {
    if (++this.cost > PER_CALL_LIMIT) throw new EvaluationError(OUT_OF_BUDGET);
    switch (node.kind) {
      case 'literal':
        return valueOfLiteral(node.value);
      case 'name':
        return this.named(node.name);
      case 'select':
        return this.select(node);
      case 'call':
        return this.call(node);
      case 'list':
        return node.items.flatMap(({ value, optional }) => this.present(value, optional));
      case 'map':
        return new Map(
          node.entries.flatMap(({ key, value, optional }) => {
            const name = keyOf(this.value(key));
            return this.present(value, optional).map((own) => [name, own] as const);
          }),
        );
      case 'struct':
        return new Map<Value, Value>(
          node.fields.flatMap(({ name, value, optional }) =>
            this.present(value, optional).map((own) => [name, own] as const),
          ),
        );
      case 'macro':
        return this.macro(node);
    }
  }

  /** No value, or one. */
  private present(node: Expression, optional: boolean): readonly Value[] {
    const value = this.value(node);
    if (!optional) return [value];
    const held = heldBy(value);
    return held === undefined ? [] : [held.value];
  }

  private named(name: string): Value {
    const plain = name.replace(/^\./, '');
    const found = this.locals.get(name) ?? this.activation(plain);
    if (found !== undefined) return found;
    const type = typeNamed(plain);
    if (type !== undefined) return typeValue(type.name);
    throw new EvaluationError(`no such attribute(s): ${plain}`);
  }

  private select({ operand, field, how }: Expression & { readonly kind: 'select' }): Value {
    const type = qualifiedType(operand, field);
    if (type !== undefined) return typeValue(type);
    const value = this.value(operand);
    const isOptional = special(value)?.type === 'optional_type';
    const held = isOptional ? heldBy(value)?.value : value;
    if (held !== undefined && !isMap(held) && !(isOptional || how !== 'value')) throw noSuchOverload();
    const found =
      held !== undefined && isMap(held) ? held.get(fieldSpokenOf(field, (name) => held.has(name))) : undefined;
    if (how === 'test') return found !== undefined;
    if (isOptional || how === 'optional') return found === undefined ? NONE : some(found);
    if (found === undefined) throw new EvaluationError(`no such key: ${field}`);
    return found;
  }

  private call({ name, target, args }: Expression & { readonly kind: 'call' }): Value {
    if (name === '_&&_') return this.logical(args, false);
    if (name === '_||_') return this.logical(args, true);
    if (name === '_?_:_') {
      const condition = this.value(args[0]!);
      if (typeof condition !== 'boolean') throw noSuchOverload();
      return this.value(args[condition ? 1 : 2]!);
    }
    if (target === undefined) return this.apply(name.replace(/^\./, ''), args);
    const space = target.kind === 'name' ? `${target.name}.${name}` : name;
    if (space !== name && IMPLEMENTATIONS[space] !== undefined && !this.locals.has(space.split('.')[0]!))
      return this.apply(space, args);
    if (name === 'or' || name === 'orValue') {
      const optional = this.value(target);
      const held = heldBy(optional);
      if (held === undefined) return this.value(args[0]!);
      return name === 'or' ? optional : held.value;
    }
    return this.apply(name, [target, ...args]);
  }

  private apply(name: string, args: readonly Expression[]): Value {
    const implementation = IMPLEMENTATIONS[name];
    if (implementation === undefined) throw noSuchOverload();
    return implementation(args.map((argument) => this.value(argument)));
  }

  /** An error is forgotten where the other side decides. */
  private logical(args: readonly Expression[], decides: boolean): Value {
    let problem: unknown;
    for (const argument of args) {
      try {
        const value = this.value(argument);
        if (value === decides) return decides;
        if (typeof value !== 'boolean') problem ??= noSuchOverload();
      } catch (error) {
        problem ??= this.forgivable(error);
      }
    }
    if (problem !== undefined) throw problem;
    return !decides;
  }

  private forgivable(error: unknown): unknown {
    if (!(error instanceof EvaluationError) || error.message === OUT_OF_BUDGET) throw error;
    return error;
  }

  private macro(node: Comprehension): Value {
    const over = this.value(node.over);
    const outer = this.locals;
    try {
      if (!isSeries(node.macro)) return this.optionalMacro(node, over, outer);
      return this.loop(node, pairsOf(over, node.variables.length === 2), outer);
    } finally {
      this.locals = outer;
    }
  }

  private optionalMacro(node: Comprehension, over: Value, outer: ReadonlyMap<string, Value>): Value {
    const held = node.macro === 'bind' ? { value: over } : heldBy(over);
    if (held === undefined) return NONE;
    this.locals = new Map([...outer, [node.variables[0]!, held.value]]);
    const result = this.value(node.result);
    return node.macro === 'optMap' ? some(result) : result;
  }

  private bind(node: Comprehension, outer: ReadonlyMap<string, Value>, pair: readonly Value[]): void {
    this.locals = new Map([...outer, ...node.variables.map((name, index) => [name, pair[index]!] as const)]);
  }

  private loop(node: Comprehension, pairs: Iterable<readonly Value[]>, outer: ReadonlyMap<string, Value>): Value {
    const { macro, condition } = node;
    if (macro === 'all' || macro === 'exists') return this.quantify(node, pairs, outer);
    const found: Value[] = [];
    const entries = new Map<Value, Value>();
    for (const pair of pairs) {
      this.bind(node, outer, pair);
      if (condition !== undefined && !this.decide(condition)) continue;
      if (macro === 'filter' || macro === 'exists_one') {
        if (this.decide(node.result)) found.push(pair[0]!);
        continue;
      }
      const value = this.value(node.result);
      if (macro === 'transformMap') entries.set(keyOf(pair[0]!), value);
      else if (macro === 'transformMapEntry') addEntries(entries, value);
      else found.push(value);
    }
    if (macro === 'sortBy')
      return sortedBy(
        [...pairs].map(([item]) => item!),
        found,
      );
    if (macro === 'exists_one') return found.length === 1;
    return macro.startsWith('transformMap') ? entries : found;
  }

  private decide(node: Expression): boolean {
    const value = this.value(node);
    if (typeof value !== 'boolean') throw noSuchOverload();
    return value;
  }

  private quantify(node: Comprehension, pairs: Iterable<readonly Value[]>, outer: ReadonlyMap<string, Value>): Value {
    const decides = node.macro === 'exists';
    let problem: unknown;
    for (const pair of pairs) {
      this.bind(node, outer, pair);
      try {
        if (this.decide(node.result) === decides) return decides;
      } catch (error) {
        problem ??= this.forgivable(error);
      }
    }
    if (problem !== undefined) throw problem;
    return !decides;
  }
}

/** Items in the order of their keys. */
function sortedBy(items: readonly Value[], keys: readonly Value[]): Value {
  return items
    .map((item, index) => [item, keys[index]!] as const)
    .toSorted(([, a], [, b]) => compare(a, b))
    .map(([item]) => item);
}

function pairsOf(over: Value, isPair: boolean): Iterable<readonly Value[]> {
  if (isList(over)) return over.map((value, index) => (isPair ? [BigInt(index), value] : [value]));
  if (isMap(over)) return over;
  throw noSuchOverload();
}

function addEntries(entries: Map<Value, Value>, more: Value): void {
  if (!isMap(more)) throw noSuchOverload();
  for (const [key, value] of more) {
    if (entries.has(key)) throw new EvaluationError(`insert failed: key ${String(key)} already exists`);
    entries.set(key, value);
  }
}

function qualifiedType(operand: Expression, field: string): string | undefined {
  const head = operand.kind === 'name' ? operand.name : operand.kind === 'select' ? pathOf(operand) : undefined;
  return head === undefined ? undefined : typeNamed(`${head}.${field}`)?.name;
}

function pathOf(node: Expression): string | undefined {
  if (node.kind === 'name') return node.name;
  const head = node.kind === 'select' ? pathOf(node.operand) : undefined;
  return head === undefined || node.kind !== 'select' ? undefined : `${head}.${node.field}`;
}

function valueOfLiteral(value: Literal): Value {
  return typeof value === 'object' && value !== null && 'uint' in value ? uint(value.uint) : value;
}
