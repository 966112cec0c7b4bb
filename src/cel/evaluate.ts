import type { Program } from './compile.ts';
import { baseOf, isAttribute, isChoice, isIndexOrChoice, nameOf } from './attribute-node.ts';
import { isConstant, isEmptyList, isMembership } from './constant.ts';
import { actualCallCost } from './cost/actual-cost.ts';
import { PER_CALL_LIMIT } from './cost/limits.ts';
import { LIST_COST, construct } from './construct.ts';
import { CostExceeded, EvaluationError, noSuchOverload } from './evaluation-error.ts';
import type { Comprehension, Expression, Literal } from './expression.ts';
import { isSeries } from './expression.ts';
import { Fold } from './fold.ts';
import { IMPLEMENTATIONS } from './library/index.ts';
import { qualify } from './qualify.ts';
import type { Outcome, Value } from './value.ts';
import { NONE, heldBy, some, special, typeValue, uint } from './value.ts';
import { typeNamed } from './check.ts';

/** The values of variables; one that is costly is made when it is first asked for. */
export type Activation = (name: string) => Outcome | undefined;

export interface EvaluationOptions {
  /** Units of cost that one evaluation may take. */
  readonly limit?: number;
  /** Whether what is constant is worked out beforehand and costs nothing, as in all expressions of Kubernetes. */
  readonly optimizes?: boolean;
}

export interface Evaluated {
  /** An error where the expression has no value, also where it cost more than it may. */
  readonly value: Outcome;
  /** Units spent, as the server counts them. */
  readonly cost: number;
}

/** Source: interpreter/{interpretable,planner,runtimecost}.go of cel-go 0.26, with the options of cel/environment/base.go, 1.36. */
export function evaluate(program: Program, activation: Activation, options: EvaluationOptions = {}): Evaluated {
  const evaluator = new Evaluator(program, activation, options);
  try {
    const value = evaluator.value(program.expression);
    return { value, cost: evaluator.cost };
  } catch (error) {
    if (error instanceof CostExceeded) return { value: error, cost: evaluator.cost };
    throw error;
  }
}

/** Where a comprehension's body is worked out. */
export class Evaluator {
  cost = 0;
  locals: ReadonlyMap<string, Outcome> = new Map();
  readonly program: Program;
  readonly optimizes: boolean;
  private readonly activation: Activation;
  private readonly limit: number;

  constructor(
    program: Program,
    activation: Activation,
    { limit = PER_CALL_LIMIT, optimizes = true }: EvaluationOptions,
  ) {
    this.program = program;
    this.activation = activation;
    this.limit = limit;
    this.optimizes = optimizes;
  }

  charge(units: number): void {
    this.cost += units;
    if (this.cost > this.limit) throw new CostExceeded();
  }

  /** The cost of what makes a list, or goes through an empty one; nothing where it is worked out beforehand. */
  chargeList(isConstantList: boolean): void {
    if (!isConstantList || !this.optimizes) this.charge(LIST_COST);
  }

  value(node: Expression): Outcome {
    switch (node.kind) {
      case 'literal':
        return valueOfLiteral(node.value);
      case 'name':
      case 'select':
        return this.attribute(node);
      case 'call':
        return isIndexOrChoice(node) ? this.attribute(node) : this.call(node);
      case 'list':
      case 'map':
      case 'struct':
        return construct(this, node);
      case 'macro':
        return isSeries(node.macro) ? new Fold(this, node).value() : this.optionalMacro(node);
    }
  }

  /** Charged for as a whole, but for the choice of a branch, and for looking whether a field is there. */
  private attribute(node: Expression): Outcome {
    const type = this.typeNameOf(node);
    if (type !== undefined) return typeValue(type);
    const found = this.resolve(node);
    const isTest = node.kind === 'select' && node.how === 'test';
    if (!isTest && !isChoice(baseOf(node))) this.charge(1);
    return found;
  }

  /** The name of the type that a node stands for; undefined for any other. */
  private typeNameOf(node: Expression): string | undefined {
    const name = this.program.typeOf(node)?.kind === 'type' ? nameOf(node) : undefined;
    return name === undefined ? undefined : typeNamed(name)?.name;
  }

  /** What an attribute stands for: a variable and what is selected of it, for each step of which is charged. */
  private resolve(node: Expression): Outcome {
    if (node.kind === 'name') return this.named(node.name);
    if (node.kind === 'select') return this.select(node);
    if (!isIndexOrChoice(node)) return this.value(node);
    return node.name === '_?_:_' ? this.choice(node.args) : this.element(node);
  }

  private choice([condition, yes, no]: readonly Expression[]): Outcome {
    if (condition === undefined || yes === undefined || no === undefined) return noSuchOverload();
    const value = this.value(condition);
    if (value instanceof EvaluationError) return value;
    return typeof value === 'boolean' ? this.resolve(value ? yes : no) : noSuchOverload();
  }

  private element({ name, args: [container, index] }: Expression & { readonly kind: 'call' }): Outcome {
    if (container === undefined || index === undefined) return noSuchOverload();
    const object = this.resolve(container);
    if (object instanceof EvaluationError || isEmptyOptional(object)) return object;
    const key = this.value(index);
    if (key instanceof EvaluationError) return key;
    const found = attempt(() => qualify(object, key, name === '_[?_]'));
    if (!isAttribute(index) && !isEmptyOptional(found)) this.charge(1);
    return found;
  }

  private named(name: string): Outcome {
    const plain = name.replace(/^\./, '');
    const found = this.locals.get(name) ?? this.activation(plain);
    if (found !== undefined) return found;
    return new EvaluationError(`no such attribute(s): ${plain}`);
  }

  private select(node: Expression & { readonly kind: 'select' }): Outcome {
    const { operand, field, how } = node;
    const whole = nameOf(node);
    if (whole !== undefined && this.program.typeOf(operand) === undefined) return this.named(whole);
    const object = this.resolve(operand);
    if (object instanceof EvaluationError) return object;
    if (isEmptyOptional(object)) return how === 'test' ? false : object;
    const found = attempt(() => qualify(object, field, how === 'optional', true));
    const isAbsent = isEmptyOptional(found);
    if (how === 'test') return this.tested(found);
    if (!isAbsent) this.charge(1);
    return found;
  }

  private tested(found: Outcome): Outcome {
    this.charge(1);
    if (found instanceof EvaluationError) return found.message.startsWith('no such key') ? false : found;
    return special(found)?.type === 'optional_type' ? heldBy(found) !== undefined : true;
  }

  private call(node: Expression & { readonly kind: 'call' }): Outcome {
    const { name, target, args } = node;
    if (name === '_&&_') return this.logical(args, false);
    if (name === '_||_') return this.logical(args, true);
    if (this.optimizes && name === '@in' && args[1] !== undefined && isEmptyList(args[1])) return false;
    const plain = name.replace(/^\./, '');
    if (target === undefined) return this.apply(node, plain, args);
    const space = target.kind === 'name' ? `${target.name}.${name}` : name;
    if (space !== name && IMPLEMENTATIONS[space] !== undefined && this.program.typeOf(target) === undefined)
      return this.apply(node, space, args);
    if (name === 'or' || name === 'orValue') return this.alternative(name, target, args);
    return this.apply(node, name, [target, ...args]);
  }

  /** Costs nothing of its own. */
  private alternative(name: string, target: Expression, [other]: readonly Expression[]): Outcome {
    const optional = this.value(target);
    if (optional instanceof EvaluationError) return optional;
    const held = heldBy(optional);
    if (held === undefined) return other === undefined ? noSuchOverload() : this.value(other);
    return name === 'or' ? optional : held.value;
  }

  private apply(node: Expression & { readonly kind: 'call' }, name: string, args: readonly Expression[]): Outcome {
    const implementation = IMPLEMENTATIONS[name];
    if (implementation === undefined) return noSuchOverload();
    const values: Outcome[] = [];
    const before = this.cost;
    for (const argument of args) {
      const value = this.value(argument);
      values.push(value);
      // Of one or two arguments each is worked out, of more none after an error, and the call is not charged for.
      if (value instanceof EvaluationError && args.length > 2) return value;
    }
    const problem = values.find((value) => value instanceof EvaluationError);
    const result = problem ?? attempt(() => implementation(values as readonly Value[]));
    const isBeforehand = this.optimizes && isConstant(node);
    if (isBeforehand) this.cost = before;
    else if (!this.optimizes || !isMembership(node, args)) {
      const overloads = this.program.overloadsOf(node);
      this.charge(
        actualCallCost({ name, overload: overloads.length === 1 ? overloads[0] : undefined, args: values, result }),
      );
    }
    return result;
  }

  /** An error is forgotten where the other side decides. */
  private logical(args: readonly Expression[], decides: boolean): Outcome {
    let problem: EvaluationError | undefined;
    for (const argument of args) {
      const value = this.value(argument);
      if (value === decides) return decides;
      if (value instanceof EvaluationError) problem ??= value;
      else if (typeof value !== 'boolean') problem ??= noSuchOverload();
    }
    return problem ?? !decides;
  }

  /** `over.hasValue() ? optional.of(cel.bind(name, over.value(), result)) : optional.none()`, or `cel.bind` alone. */
  private optionalMacro(node: Comprehension): Outcome {
    const over = this.value(node.over);
    const isBinding = node.macro === 'bind';
    if (isBinding) return this.bound(node, over);
    this.charge(1);
    if (over instanceof EvaluationError) return over;
    if (special(over)?.type !== 'optional_type') return noSuchOverload();
    const held = heldBy(over);
    if (held === undefined) {
      this.charge(1);
      return NONE;
    }
    const again = this.value(node.over);
    this.charge(1);
    const result = this.bound(node, again instanceof EvaluationError ? again : held.value);
    if (node.macro !== 'optMap') return result;
    this.charge(1);
    return result instanceof EvaluationError ? result : some(result);
  }

  private bound(node: Comprehension, value: Outcome): Outcome {
    this.chargeList(true);
    const outer = this.locals;
    this.locals = new Map([...outer, [node.variables[0] ?? '', value]]);
    const result = this.value(node.result);
    this.locals = outer;
    return result;
  }
}

/** What an implementation throws is what comes of the call. */
function attempt(work: () => Value): Outcome {
  try {
    return work();
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
}

const isEmptyOptional = (value: Outcome): boolean =>
  !(value instanceof EvaluationError) && special(value)?.type === 'optional_type' && heldBy(value) === undefined;

function valueOfLiteral(value: Literal): Value {
  return typeof value === 'object' && value !== null && 'uint' in value ? uint(value.uint) : value;
}
