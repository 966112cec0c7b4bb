import type { Comprehension, Expression } from '../expression.ts';
import type { Program } from '../compile.ts';
import type { CelType } from '../type.ts';
import * as types from '../type.ts';
import { callCost } from './call-cost.ts';
import type { Range } from './range.ts';
import { MOST, NONE, ONE, UNKNOWN, add, fixed, multiply, scale, union } from './range.ts';

/**
 * The size at a path from a variable on; undefined where nothing is known of it. Of the items of a list that stands at no
 * path there is only the type.
 */
export type SizeAt = (path: readonly string[], type?: CelType) => number | undefined;

/** What is known of the keys and values of a list or map. */
interface EntrySize {
  readonly kind: 'list' | 'map';
  readonly key: Range;
  readonly value: Range;
}

interface Local {
  readonly path: readonly string[] | undefined;
  readonly size: Range | undefined;
  readonly entry?: EntrySize | undefined;
}

/** One side of a call as the costs of functions look at it. */
export interface Operand {
  readonly node: Expression;
  readonly type: CelType;
  readonly size: Range;
  /** Of a list: the type and size of an item. */
  readonly item: { readonly type: CelType; readonly size: Range } | undefined;
}

const LIST_COST = fixed(10);
const MAP_COST = fixed(30);
const STRUCT_COST = fixed(40);

/**
 * What an expression costs at most, in the server's units.
 * Source: checker/cost.go of cel-go, as vendored by 1.36, with the options of apiserver/pkg/cel/environment/base.go.
 */
export function estimateCost(program: Program, sizeAt: SizeAt): Range {
  return new Estimate(program, sizeAt).cost(program.expression);
}

class Estimate {
  private readonly program: Program;
  private readonly sizeAt: SizeAt;
  private readonly paths = new Map<Expression, readonly string[] | undefined>();
  private readonly sizes = new Map<Expression, Range>();
  private readonly entries = new Map<Expression, EntrySize>();
  private locals: ReadonlyMap<string, Local> = new Map();

  constructor(program: Program, sizeAt: SizeAt) {
    this.program = program;
    this.sizeAt = sizeAt;
  }

  cost(node: Expression): Range {
    switch (node.kind) {
      case 'literal':
        return NONE;
      case 'name':
        return this.named(node, node.name);
      case 'select':
        return this.select(node);
      case 'call':
        return this.call(node);
      case 'list': {
        const costs = node.items.map(({ value }) => this.cost(value));
        const value = this.widest(node.items.map((item) => item.value));
        this.entries.set(node, { kind: 'list', key: ONE, value });
        return add(LIST_COST, ...costs);
      }
      case 'map': {
        const costs = node.entries.flatMap(({ key, value }) => [this.cost(key), this.cost(value)]);
        const key = this.widest(node.entries.map((entry) => entry.key));
        this.entries.set(node, { kind: 'map', key, value: this.widest(node.entries.map((entry) => entry.value)) });
        return add(MAP_COST, ...costs);
      }
      case 'struct':
        return add(STRUCT_COST, ...node.fields.map(({ value }) => this.cost(value)));
      case 'macro':
        return this.macro(node);
    }
  }

  private widest(nodes: readonly Expression[]): Range {
    return nodes.length === 0 ? NONE : nodes.map((node) => this.sizeOf(node)).reduce(union);
  }

  private named(node: Expression, name: string): Range {
    const local = this.locals.get(name);
    this.paths.set(node, local === undefined ? [name.replace(/^\./, '')] : local.path);
    return ONE;
  }

  private select(node: Expression & { readonly kind: 'select' }): Range {
    const { operand, field, how } = node;
    if (how === 'optional') return add(ONE, this.cost(operand));
    const type = this.program.typeOf(operand);
    // A name with dots that is one name.
    if (type === undefined) return this.named(node, field);
    const own = this.cost(operand);
    if (how === 'test') return own;
    const path = this.pathOf(operand);
    this.paths.set(node, path && [...path, field]);
    return type.kind === 'map' || type.kind === 'struct' ? add(own, ONE) : own;
  }

  private call(node: Expression & { readonly kind: 'call' }): Range {
    const { name, target, args } = node;
    const costs = args.map((argument) => this.cost(argument));
    const sum = add(NONE, ...costs);
    if (name === '_&&_' || name === '_||_') return { min: costs[0]!.min, max: sum.max };
    if (name === '_?_:_') return this.conditional(node, costs);
    if (name === 'dyn' && target === undefined) {
      this.copy(node, args[0]!);
      return add(ONE, sum);
    }
    const overloads = this.program.overloadsOf(node);
    const isMember = overloads[0]?.member === true;
    const own = isMember ? this.cost(target!) : NONE;
    const qualified = target !== undefined && !isMember && target.kind === 'name' ? `${target.name}.${name}` : name;
    const receiver = isMember ? this.operand(target!) : undefined;
    const operands = args.map((argument) => this.operand(argument));
    let cost: Range = { min: MOST, max: 0 };
    let size: Range | undefined;
    for (const overload of overloads) {
      const estimate = callCost(qualified.replace(/^\./, ''), overload, receiver, operands);
      cost = union(cost, add(estimate.cost, sum));
      if (estimate.size !== undefined) size = size === undefined ? estimate.size : union(size, estimate.size);
      size = this.indexed(node, overload.params[0], size) ?? this.known(node);
    }
    this.joinedEntries(node);
    if (size !== undefined) this.sizes.set(node, size);
    return add(own, cost);
  }

  /** Of `list[0]` and `map[key]` the path and the size of what they give. */
  private indexed(
    node: Expression & { readonly kind: 'call' },
    over: CelType | undefined,
    size: Range | undefined,
  ): Range | undefined {
    if (node.name !== '_[_]' || (over?.kind !== 'list' && over?.kind !== 'map')) return size;
    const path = this.pathOf(node.args[0]!) ?? [];
    this.paths.set(node, [...path, over.kind === 'list' ? '@items' : '@values']);
    return this.entryOf(node.args[0]!)?.value;
  }

  private conditional(node: Expression & { readonly kind: 'call' }, costs: readonly Range[]): Range {
    const [, yes, no] = node.args;
    this.sizes.set(node, union(this.sizeOf(yes!), this.sizeOf(no!)));
    const [a, b] = [this.entryOf(yes!), this.entryOf(no!)];
    if (a !== undefined && b !== undefined) this.entries.set(node, joined(a, b));
    return add(costs[0]!, union(costs[1]!, costs[2]!));
  }

  private joinedEntries(node: Expression & { readonly kind: 'call' }): void {
    if (node.name !== '_+_') return;
    const [a, b] = node.args.map((argument) => this.entryOf(argument));
    if (a !== undefined && b !== undefined) this.entries.set(node, joined(a, b));
  }

  private macro(node: Comprehension): Range {
    const over = this.cost(node.over);
    const outer = this.locals;
    let cost: Range;
    if (node.macro === 'bind') cost = this.bind(node, over);
    else if (node.macro === 'optMap' || node.macro === 'optFlatMap') cost = this.optional(node, over);
    else cost = this.loop(node, over);
    this.locals = outer;
    return cost;
  }

  private bind(node: Comprehension, over: Range): Range {
    this.locals = new Map([
      ...this.locals,
      [
        node.variables[0]!,
        { path: this.pathOf(node.over), size: this.known(node.over), entry: this.entryOf(node.over) },
      ],
    ]);
    const result = this.cost(node.result);
    this.copy(node, node.result);
    return add(LIST_COST, over, result);
  }

  /** `over.hasValue() ? optional.of(cel.bind(name, over.value(), result)) : optional.none()`. */
  private optional(node: Comprehension, over: Range): Range {
    this.locals = new Map([...this.locals, [node.variables[0]!, { path: undefined, size: undefined }]]);
    const bound = add(LIST_COST, over, ONE, this.cost(node.result));
    return add(over, ONE, union(node.macro === 'optMap' ? add(bound, ONE) : bound, ONE));
  }

  private loop(node: Comprehension, over: Range): Range {
    this.locals = new Map([...this.locals, ...this.iterated(node)]);
    const condition = node.condition === undefined ? undefined : this.cost(node.condition);
    const result = this.cost(node.result);
    const count = this.sizeOf(node.over);
    const each = stepCost(node, condition, result);
    const isMap = node.macro.startsWith('transformMap');
    const isCollecting = !['all', 'exists', 'exists_one'].includes(node.macro);
    if (isCollecting && !isMap) {
      const held = node.macro === 'filter' ? this.localSize(node.variables[0]!, node.over) : this.sizeOf(node.result);
      this.entries.set(node, { kind: 'list', key: ONE, value: { min: 0, max: held.max } });
    }
    this.sizes.set(node, isCollecting ? count : ONE);
    const sorting = node.macro === 'sortBy' ? add(scale(multiply(count, count), 2), LIST_COST) : NONE;
    const start = isMap ? MAP_COST : isCollecting ? LIST_COST : NONE;
    return add(over, start, node.macro === 'exists_one' ? fixed(2) : ONE, multiply(count, each), sorting);
  }

  private iterated({ over, variables }: Comprehension): readonly (readonly [string, Local])[] {
    const entry = this.entryOf(over);
    const isList = (entry?.kind ?? this.program.typeOf(over)?.kind) === 'list';
    const path = this.pathOf(over) ?? [];
    const key: Local = { path: [...path, isList ? '@indices' : '@keys'], size: entry?.key };
    const value: Local = { path: [...path, isList ? '@items' : '@values'], size: entry?.value };
    if (variables.length === 2)
      return [
        [variables[0]!, key],
        [variables[1]!, value],
      ];
    return [[variables[0]!, isList ? value : key]];
  }

  private localSize(name: string, over: Expression): Range {
    const { path, size } = this.locals.get(name)!;
    const type = this.program.typeOf(over);
    const own = type?.kind === 'list' || type?.kind === 'map' ? type.params[0] : undefined;
    return this.sizeFrom(path) ?? (own !== undefined && isScalar(own) ? ONE : size) ?? UNKNOWN;
  }

  private operand(node: Expression): Operand {
    const type = this.program.typeOf(node) ?? types.DYN;
    const path = this.pathOf(node);
    const own = type.params[0];
    const most = own && this.sizeAt(path === undefined || path.length === 0 ? [] : [...path, '@items'], own);
    const size = most === undefined ? undefined : { min: 0, max: most };
    return { node, type, size: this.sizeOf(node), item: own && { type: own, size: size ?? UNKNOWN } };
  }

  private copy(to: Expression, from: Expression): void {
    const [size, entry] = [this.known(from), this.entryOf(from)];
    if (size !== undefined) this.sizes.set(to, size);
    if (entry !== undefined) this.entries.set(to, entry);
  }

  private pathOf(node: Expression): readonly string[] | undefined {
    const local = node.kind === 'name' ? this.locals.get(node.name) : undefined;
    return local === undefined ? this.paths.get(node) : local.path;
  }

  private entryOf(node: Expression): EntrySize | undefined {
    return this.entries.get(node) ?? (node.kind === 'name' ? this.locals.get(node.name)?.entry : undefined);
  }

  private sizeOf(node: Expression): Range {
    return this.known(node) ?? UNKNOWN;
  }

  private known(node: Expression): Range | undefined {
    const type = this.program.typeOf(node);
    return (
      this.sizes.get(node) ??
      written(node) ??
      this.sizeFrom(this.pathOf(node)) ??
      (type !== undefined && isScalar(type) ? ONE : undefined) ??
      (node.kind === 'name' ? this.locals.get(node.name)?.size : undefined)
    );
  }

  private sizeFrom(path: readonly string[] | undefined): Range | undefined {
    const most = path === undefined || path.length === 0 ? undefined : this.sizeAt(path);
    return most === undefined ? undefined : { min: 0, max: most };
  }
}

/** One turn of a macro's loop, with its condition: what the expanded comprehension costs. */
function stepCost({ macro, variables }: Comprehension, condition: Range | undefined, result: Range): Range {
  switch (macro) {
    case 'all':
      return add(fixed(2), { min: 1, max: result.max + 1 });
    case 'exists':
      return add(fixed(3), { min: 1, max: result.max + 1 });
    case 'exists_one':
      return add(result, { min: 1, max: 2 });
    case 'filter':
      return add(result, union(fixed(13), ONE));
    default: {
      const insert = macro === 'transformMap' ? fixed(3) : macro === 'transformMapEntry' ? fixed(2) : fixed(12);
      const step = add(insert, result);
      return condition === undefined || variables.length === 0 ? step : add(condition, union(step, ONE));
    }
  }
}

const joined = (a: EntrySize, b: EntrySize): EntrySize => ({
  kind: a.kind,
  key: union(a.key, b.key),
  value: union(a.value, b.value),
});

function written(node: Expression): Range | undefined {
  if (node.kind === 'list') return fixed(node.items.length);
  if (node.kind === 'map') return fixed(node.entries.length);
  if (node.kind !== 'literal') return undefined;
  if (typeof node.value === 'string') return fixed(Array.from(node.value).length);
  return fixed(node.value instanceof Uint8Array ? node.value.length : 1);
}

const SCALARS: ReadonlySet<CelType> = new Set([
  types.BOOL,
  types.DOUBLE,
  types.DURATION,
  types.INT,
  types.TIMESTAMP,
  types.UINT,
]);

const isScalar = (type: CelType): boolean => SCALARS.has(type) || (types.isOptional(type) && isScalar(type.params[0]!));
