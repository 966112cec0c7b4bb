import type { Substitutions } from './assignability.ts';
import { assign, assignAll, mostGeneral, substitute } from './assignability.ts';
import type { Functions, Overload } from './declarations.ts';
import type { Comprehension, Expression, Literal } from './expression.ts';
import { fieldSpokenOf } from './field-name.ts';
import type { Issue } from './issue.ts';
import type { CelType } from './type.ts';
import * as types from './type.ts';
import { formatType, isDynOrError, isOptional } from './type.ts';

/** What an expression may speak of. */
export interface Environment {
  readonly variables: ReadonlyMap<string, CelType>;
  readonly functions: Functions;
  /** Types of objects that may be written: `Object.spec{…}`; undefined for what is no type. */
  readonly structs?: (name: string) => CelType | undefined;
  /** Whether there is `cel.bind(name, value, expression)`. */
  readonly hasBindings?: boolean;
}

export interface Checked {
  readonly type: CelType;
  readonly issues: readonly Issue[];
  /** The variables of the environment that are spoken of. */
  readonly used: ReadonlySet<string>;
  /** Undefined for what is only a part of a name. */
  typeOf(node: Expression): CelType | undefined;
  overloadsOf(call: Expression): readonly Overload[];
}

/** The type of an expression, and all that is wrong with types in it. Source: checker/checker.go of cel-go, as of 1.36. */
export function check(expression: Expression, environment: Environment): Checked {
  const checker = new Checker(environment);
  const type = checker.check(expression);
  return {
    type: substitute(checker.known, type, true),
    issues: checker.issues,
    used: checker.used,
    typeOf: (node) => {
      const found = checker.types.get(node);
      return found && substitute(checker.known, found, true);
    },
    overloadsOf: (call) => checker.overloads.get(call) ?? [],
  };
}

const TYPE_NAMES: ReadonlyMap<string, CelType> = new Map(
  [
    types.BOOL,
    types.INT,
    types.UINT,
    types.DOUBLE,
    types.STRING,
    types.BYTES,
    types.NULL,
    types.DYN,
    types.TIMESTAMP,
    types.DURATION,
    types.listOf(types.DYN),
    types.mapOf(types.DYN, types.DYN),
    types.optionalOf(types.DYN),
    types.opaque('net.IP'),
    types.opaque('net.CIDR'),
    types.struct('kubernetes.Quantity'),
    types.struct('kubernetes.URL'),
    types.struct('kubernetes.Semver'),
    types.typeOf(types.DYN),
  ].map((type) => [type.name, type]),
);

/** Whether a name stands for a type. */
export function typeNamed(name: string): CelType | undefined {
  return TYPE_NAMES.get(name);
}

class Checker {
  known: Substitutions = new Map();
  readonly issues: Issue[] = [];
  readonly used = new Set<string>();
  readonly types = new Map<Expression, CelType>();
  readonly overloads = new Map<Expression, readonly Overload[]>();
  private readonly environment: Environment;
  private scopes: ReadonlyMap<string, CelType> = new Map();
  private free = 0;
  private readonly formatted = new Set<Expression | undefined>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  check(node: Expression): CelType {
    const type = this.find(node);
    this.types.set(node, type);
    return type;
  }

  private find(node: Expression): CelType {
    switch (node.kind) {
      case 'literal':
        return typeOfLiteral(node.value);
      case 'name':
        return this.named(node.name) ?? this.undeclared(node.at, node.name);
      case 'select':
        return this.select(node);
      case 'call':
        return this.call(node);
      case 'list':
        return types.listOf(
          this.joined(
            node.items.map(({ value, optional }) => [value, this.item(value, optional)] as const),
            node,
          ),
        );
      case 'map':
        return this.mapLiteral(node);
      case 'struct':
        return this.struct(node);
      case 'macro':
        return this.macro(node);
    }
  }

  private report(at: number, message: string): CelType {
    this.issues.push({ at, message });
    return types.ERROR;
  }

  private undeclared(at: number, name: string): CelType {
    return this.report(at, `undeclared reference to '${name}' (in container '')`);
  }

  private named(name: string): CelType | undefined {
    const plain = name.replace(/^\./, '');
    const local = name === plain ? this.scopes.get(name) : undefined;
    if (local !== undefined) return local;
    const type = this.environment.variables.get(plain);
    if (type !== undefined) {
      this.used.add(plain);
      return type;
    }
    const named = TYPE_NAMES.get(plain) ?? this.environment.structs?.(plain);
    return named === undefined ? undefined : types.typeOf(named);
  }

  private select(node: Expression & { readonly kind: 'select' }): CelType {
    const qualified = node.how === 'value' ? qualifiedName(node) : undefined;
    const whole =
      qualified === undefined || this.scopes.has(qualified.split('.')[0]!) ? undefined : this.named(qualified);
    if (whole !== undefined) return whole;
    const found = this.field(node);
    return node.how === 'test' ? types.BOOL : substitute(this.known, found);
  }

  private field({ at, operand, field, how }: Expression & { readonly kind: 'select' }): CelType {
    const type = substitute(this.known, this.check(operand));
    const target = isOptional(type) ? type.params[0]! : type;
    const result = this.fieldOf(target, field, at);
    return isOptional(type) || how === 'optional' ? types.optionalOf(result) : result;
  }

  private fieldOf(target: CelType, field: string, at: number): CelType {
    if (target.kind === 'map') return target.params[1]!;
    if (target.kind === 'struct') {
      const known = this.environment.structs?.(target.name) ?? target;
      // Types of libraries have no fields, and nobody describes them.
      if (known.fields === undefined && !isPatchType(known))
        return this.report(at, `unexpected failed resolution of '${known.name}'`);
      return fieldType(known, field) ?? this.report(at, `undefined field '${field}'`);
    }
    if (target.kind === 'param') this.assignable(types.DYN, target);
    else if (!isDynOrError(target)) this.report(at, `type '${formatType(target)}' does not support field selection`);
    return types.DYN;
  }

  private call(node: Expression & { readonly kind: 'call' }): CelType {
    const { at, name, target, args } = node;
    if (target === undefined) {
      const own = args.map((argument) => this.check(argument));
      return this.resolve(node, name.replace(/^\./, ''), own, false);
    }
    if (name === 'format') for (const argument of args) this.formatted.add(argument);
    const own = args.map((argument) => this.check(argument));
    const prefix = qualifiedName(target);
    const qualified = `${prefix}.${name}`;
    if (prefix !== undefined && this.environment.functions.has(qualified))
      return this.resolve(node, qualified, own, false);
    const receiver = this.check(target);
    if (!this.environment.functions.has(name)) return this.undeclared(at, name);
    return this.resolve(node, name, [receiver, ...own], true);
  }

  private resolve(
    node: Expression & { readonly kind: 'call' },
    name: string,
    args: readonly CelType[],
    member: boolean,
  ): CelType {
    const overloads = this.environment.functions.get(name);
    if (overloads === undefined) return this.undeclared(node.at, name);
    if (name === '_&&_' || name === '_||_') return this.logical(node.args, args);
    let result: CelType | undefined;
    const chosen: Overload[] = [];
    for (const overload of overloads) {
      if (overload.member !== member) continue;
      const fresh = this.freshVariables();
      const known = assignAll(
        this.known,
        args,
        overload.params.map((type) => fresh(type)),
      );
      if (known === undefined) continue;
      this.known = known;
      chosen.push(overload);
      const found = substitute(known, fresh(overload.result));
      if (result === undefined) result = found;
      else if (result.kind !== 'dyn' && !types.sameType(result, found)) result = types.DYN;
    }
    this.overloads.set(node, chosen);
    return result ?? this.noOverload(node.at, name, args, member);
  }

  private noOverload(at: number, name: string, args: readonly CelType[], member: boolean): CelType {
    const shown = args.map((type) => formatType(substitute(this.known, type, true)));
    const signature = member ? `${shown[0]!}.(${shown.slice(1).join(', ')})` : `(${shown.join(', ')})`;
    return this.report(at, `found no matching overload for '${name}' applied to '${signature}'`);
  }

  private logical(nodes: readonly Expression[], args: readonly CelType[]): CelType {
    const wrong = args.filter((type, index) => !this.must(types.BOOL, type, nodes[index]!.at));
    return wrong.length > 0 ? types.ERROR : types.BOOL;
  }

  private freshVariables(): (type: CelType) => CelType {
    const fresh = new Map<string, CelType>();
    return (type) => {
      for (const name of variablesIn(type)) if (!fresh.has(name)) fresh.set(name, this.variable());
      return substitute(fresh, type);
    };
  }

  private variable(): CelType {
    return types.param(`_var${this.free++}`);
  }

  private assignable(to: CelType, from: CelType): boolean {
    const known = assign(this.known, to, from);
    if (known !== undefined) this.known = known;
    return known !== undefined;
  }

  private must(to: CelType, from: CelType, at: number): boolean {
    if (this.assignable(to, from)) return true;
    const [wanted, found] = [to, from].map((type) => formatType(substitute(this.known, type, true)));
    this.report(at, `expected type '${wanted}' but found '${found}'`);
    return false;
  }

  /** The type of an element; of an optional one what the optional holds. */
  private item(value: Expression, optional: boolean): CelType {
    const type = substitute(this.known, this.check(value));
    if (!optional || type.kind === 'dyn') return type;
    if (isOptional(type)) return type.params[0]!;
    this.report(value.at, `expected type '${formatType(types.optionalOf(type))}' but found '${formatType(type)}'`);
    return type;
  }

  /** The type of all. Arguments of `format` may be of several. */
  private joined(items: readonly (readonly [Expression, CelType])[], list?: Expression): CelType {
    let common: CelType | undefined;
    for (const [{ at }, type] of items) {
      if (common !== undefined && this.formatted.has(list) && !this.assignable(common, type)) return types.DYN;
      if (common === undefined) common = type;
      else common = this.must(common, type, at) ? mostGeneral(common, type) : types.ERROR;
    }
    return common ?? this.variable();
  }

  private mapLiteral({ entries }: Expression & { readonly kind: 'map' }): CelType {
    const keys = entries.map(({ key }) => [key, this.check(key)] as const);
    const key = this.joined(keys);
    return types.mapOf(
      key,
      this.joined(entries.map(({ value, optional }) => [value, this.item(value, optional)] as const)),
    );
  }

  private struct({ at, type, fields }: Expression & { readonly kind: 'struct' }): CelType {
    const found = this.environment.structs?.(type.replace(/^\./, ''));
    if (found === undefined) return this.undeclared(at, type);
    for (const { name, at: colon, value, optional } of fields) {
      const own = this.item(value, optional);
      const wanted = fieldType(found, name) ?? this.report(colon, `undefined field '${name}'`);
      if (this.assignable(wanted, own)) continue;
      this.report(
        colon,
        `expected type of field '${name}' is '${formatType(wanted)}' but provided type is '${formatType(own)}'`,
      );
    }
    return found;
  }

  private macro(node: Comprehension): CelType {
    const over = substitute(this.known, this.check(node.over));
    if (node.macro === 'bind') return this.within(node, over);
    if (node.macro === 'optMap' || node.macro === 'optFlatMap') return this.optionalMacro(node, over);
    const bound = this.boundTypes(node, over);
    const outer = this.scopes;
    this.scopes = new Map([...outer, ...node.variables.map((name, index) => [name, bound[index]!] as const)]);
    const result = this.loop(node, over, bound);
    this.scopes = outer;
    return result;
  }

  private boundTypes(node: Comprehension, over: CelType): readonly CelType[] {
    const isPair = node.variables.length === 2;
    if (over.kind === 'list') return isPair ? [types.INT, over.params[0]!] : [over.params[0]!];
    if (over.kind === 'map') return isPair ? over.params : [over.params[0]!];
    if ((isDynOrError(over) && over !== types.ANY) || over.kind === 'param') {
      this.assignable(types.DYN, over);
      return [types.DYN, types.DYN];
    }
    this.report(
      node.over.at,
      `expression of type '${formatType(over)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
    );
    return [types.ERROR, types.ERROR];
  }

  private loop(node: Comprehension, over: CelType, bound: readonly CelType[]): CelType {
    const { macro, at, condition } = node;
    const conditionType = condition === undefined ? types.BOOL : this.check(condition);
    const type = this.check(node.result);
    if (macro === 'all' || macro === 'exists') {
      this.must(types.BOOL, type, node.result.at);
      return types.BOOL;
    }
    const isCounting = macro === 'exists_one';
    const result = isCounting ? types.BOOL : this.collected(macro, over, bound, type);
    const accumulated = isCounting ? types.INT : result;
    const decided = macro === 'filter' || isCounting ? type : conditionType;
    if (!this.assignable(types.BOOL, decided)) this.noOverload(at, '_?_:_', [decided, accumulated, accumulated], false);
    return result;
  }

  private collected(macro: Comprehension['macro'], over: CelType, bound: readonly CelType[], type: CelType): CelType {
    if (macro === 'filter' || macro === 'sortBy') return types.listOf(bound[0]!);
    if (macro === 'map' || macro === 'transformList') return types.listOf(type);
    if (macro === 'transformMap') return types.mapOf(over.kind === 'list' ? types.INT : bound[0]!, type);
    return type;
  }

  /** The result where the variable is of the type. */
  private within(node: Comprehension, bound: CelType): CelType {
    const outer = this.scopes;
    this.scopes = new Map([...outer, [node.variables[0]!, bound]]);
    const type = this.check(node.result);
    this.scopes = outer;
    return type;
  }

  private optionalMacro(node: Comprehension, over: CelType): CelType {
    const held = isOptional(over) ? over.params[0]! : types.DYN;
    if (!isOptional(over) && !isDynOrError(over)) this.noOverload(node.at, 'hasValue', [over], true);
    const type = this.within(node, held);
    return node.macro === 'optMap' ? types.optionalOf(type) : type;
  }
}

/** The types of libraries have no fields; of an object whose fields are not known, each may be anything. */
function fieldType(type: CelType, field: string): CelType | undefined {
  const { fields } = type;
  if (fields !== undefined) return fields.get(fieldSpokenOf(field, (name) => fields.has(name)));
  return isPatchType(type) ? types.DYN : undefined;
}

function isPatchType({ name }: CelType): boolean {
  return /^Object(?:\.|$)/.test(name);
}

function qualifiedName(node: Expression): string | undefined {
  if (node.kind === 'name') return node.name;
  const head = node.kind === 'select' && node.how === 'value' ? qualifiedName(node.operand) : undefined;
  return head === undefined || node.kind !== 'select' ? undefined : `${head}.${node.field}`;
}

function variablesIn(type: CelType): readonly string[] {
  return type.kind === 'param' ? [type.name] : type.params.flatMap(variablesIn);
}

function typeOfLiteral(value: Literal): CelType {
  if (value === null) return types.NULL;
  if (typeof value === 'boolean') return types.BOOL;
  if (typeof value === 'bigint') return types.INT;
  if (typeof value === 'number') return types.DOUBLE;
  if (typeof value === 'string') return types.STRING;
  return value instanceof Uint8Array ? types.BYTES : types.UINT;
}
