import type { Overload } from '../declarations.ts';
import type { CelType } from '../type.ts';
import * as types from '../type.ts';
import type { Operand } from './estimate.ts';
import type { Range } from './range.ts';
import { MOST, NONE, ONE, UNKNOWN, add, fixed, multiply, scale } from './range.ts';

/** What a call costs beside its arguments, and how large its result is. */
export interface CallCost {
  readonly cost: Range;
  readonly size?: Range | undefined;
}

type Estimator = (overload: Overload, target: Operand | undefined, args: readonly Operand[]) => CallCost | undefined;

/** Going through a text once, a unit for ten characters. */
const TRAVERSAL = 0.1;
/** A unit for four characters of a pattern. */
const PATTERN = 0.25;
const LONGEST_FORMAT_PATTERN = 128;
const LONGEST_FORMAT_NAME = 64;
const LIST_BASE = fixed(10);

/**
 * Source: staging/src/k8s.io/apiserver/pkg/cel/library/cost.go `EstimateCallCost`, 1.36; of cel-go as vendored there
 * checker/cost.go `functionCost`, ext/lists.go, ext/sets.go.
 */
export function callCost(
  name: string,
  overload: Overload,
  target: Operand | undefined,
  args: readonly Operand[],
): CallCost {
  return ESTIMATORS[name]?.(overload, target, args) ?? { cost: ONE };
}

const constant = (cost: number): Estimator => {
  const known = { cost: fixed(cost) };
  return () => known;
};

/** A call that goes through its first argument. */
const traversing =
  (factor: number): Estimator =>
  (_, __, [text]) =>
    text && { cost: scale(text.size, factor) };

const overList =
  (cost: (size: Range, overload: Overload, args: readonly Operand[]) => CallCost): Estimator =>
  (overload, target, args) =>
    target && cost(target.size, overload, args);

function allocating(factor: number, size: Range): CallCost {
  return { cost: add(scale(size, factor), ONE, LIST_BASE), size };
}

function intOf(operand: Operand | undefined, otherwise: number): number {
  const node = operand?.node;
  return node?.kind === 'literal' && typeof node.value === 'bigint' ? Number(node.value) : otherwise;
}

const sets =
  (factor: number): Estimator =>
  (_, __, [a, b]) =>
    a && b && { cost: add(scale(multiply(a.size, b.size), factor), ONE) };

const compareItems: Estimator = (_, target) => {
  if (target === undefined) return undefined;
  const { item } = target;
  if (item === undefined) return { cost: scale(target.size, TRAVERSAL) };
  const isText = item.type === types.STRING || item.type === types.BYTES;
  return { cost: multiply(target.size, isText ? add(ONE, scale(item.size, TRAVERSAL)) : ONE) };
};

const sameSize: Estimator = (_, target) => target && { cost: scale(target.size, TRAVERSAL), size: target.size };

const pattern = (text: Range, expression: Range): Range =>
  multiply(scale(add(text, ONE), TRAVERSAL), scale(expression, PATTERN));

const find: Estimator = (_, target, [expression]) =>
  target && expression && { cost: pattern(target.size, expression.size), size: { min: 0, max: target.size.max } };

/** The longest and the shortest text that replacing can make. */
const replace: Estimator = (_, target, [from, to]) => {
  if (target === undefined || from === undefined || to === undefined) return undefined;
  const { size } = target;
  const most = replacements(size.max, from.size.min, to.size.max <= from.size.min);
  const least = replacements(size.min, from.size.max, from.size.max <= to.size.min);
  const count = { min: least.count, max: most.count };
  const kept = { min: least.kept, max: most.kept };
  return { cost: scale(size, 2 * TRAVERSAL), size: add(multiply(count, to.size), kept) };
};

function replacements(length: number, part: number, isNoChange: boolean): { count: number; kept: number } {
  if (part === 0) return { count: Math.min(length + 1, MOST), kept: length };
  return isNoChange ? { count: 0, kept: length } : { count: Math.ceil(length / part), kept: 0 };
}

const split: Estimator = (_, target, args) =>
  target && { cost: scale(target.size, 2 * TRAVERSAL), size: { min: 0, max: intOf(args[1], target.size.max) } };

const join: Estimator = (_, target, [separator]) => {
  if (target === undefined) return undefined;
  const texts = target.item === undefined ? NONE : multiply(target.size, target.item.size);
  const between = { min: Math.max(0, target.size.min - 1), max: Math.max(0, target.size.max - 1) };
  const size = separator === undefined ? texts : add(texts, multiply(separator.size, between));
  return { cost: scale(size, TRAVERSAL), size };
};

const ADDRESS: Range = { min: 4, max: 16 };

/** Comparing addresses of bytes; a text is read before. */
const contains =
  (more: Range): Estimator =>
  ({ params }, _, [other]) =>
    other && {
      cost: add(
        scale(add(ADDRESS, ADDRESS), TRAVERSAL),
        more,
        params[1] === types.STRING ? scale(other.size, TRAVERSAL) : NONE,
      ),
    };

const CHECKED_ONCE = /^kubernetes\.(?:Quantity|Semver|authorization\.\w+)$/;

const equal: Estimator = (overload, _, args) => {
  const [a, b] = args as readonly [Operand, Operand];
  const { type } = a;
  if (types.sameType(type, b.type)) {
    if (type.name === 'net.IP' || type.name === 'net.CIDR' || CHECKED_ONCE.test(type.name)) return { cost: ONE };
    if (type.name === 'kubernetes.NamedFormat') return { cost: scale({ min: 1, max: LONGEST_FORMAT_NAME }, TRAVERSAL) };
    if (type.name === 'kubernetes.URL')
      return { cost: scale({ min: 1, max: b.size === UNKNOWN ? 1 : b.size.max }, TRAVERSAL) };
  }
  return compared(overload, _, args);
};

const compared: Estimator = (_, __, args) => {
  const max = Math.min(args[0]!.size.max, args[1]!.size.max);
  return { cost: scale({ min: max > 0 ? 1 : 0, max }, TRAVERSAL) };
};

const isText = (type: CelType | undefined): boolean => type === types.STRING || type === types.BYTES;

const ordered: Estimator = (overload, target, args) =>
  isText(overload.params[0]) && overload.params[0] === overload.params[1]
    ? compared(overload, target, args)
    : undefined;

const plus: Estimator = ({ params }, _, [a, b]) => {
  const size = add(a!.size, b!.size);
  if (params[0]?.kind === 'list') return { cost: ONE, size };
  return isText(params[0]) ? { cost: scale(size, TRAVERSAL), size } : undefined;
};

const reading = traversing(TRAVERSAL);
const prefix: Estimator = (_, __, args) => (args.length === 1 ? { cost: scale(args[0]!.size, TRAVERSAL) } : undefined);

const ESTIMATORS: Readonly<Record<string, Estimator>> = {
  check: constant(350_000),
  fieldSelector: (_, __, [text]) => text && { cost: selectorCost(text.size) },
  labelSelector: (_, __, [text]) => text && { cost: selectorCost(text.size) },
  isSorted: compareItems,
  sum: compareItems,
  max: compareItems,
  min: compareItems,
  indexOf: compareItems,
  lastIndexOf: compareItems,
  url: (_, __, [text]) => text && { cost: scale(text.size, TRAVERSAL), size: text.size },
  'jsonpatch.escapeKey': (_, __, [text]) => text && { cost: scale(text.size, TRAVERSAL), size: text.size },
  lowerAscii: sameSize,
  upperAscii: sameSize,
  substring: sameSize,
  trim: sameSize,
  replace,
  split,
  join,
  find,
  findAll: find,
  cidr: reading,
  isIP: reading,
  isCIDR: reading,
  ip: (overload, target, args) => (overload.member ? { cost: ONE } : reading(overload, target, args)),
  'ip.isCanonical': traversing(2 * TRAVERSAL),
  containsIP: contains(NONE),
  containsCIDR: contains(add(scale(ADDRESS, TRAVERSAL), ONE)),
  quantity: reading,
  isQuantity: reading,
  semver: reading,
  isSemver: reading,
  validate: (_, __, [text]) => text && { cost: scale(scale(text.size, TRAVERSAL), LONGEST_FORMAT_PATTERN * PATTERN) },
  '_==_': equal,
  '_!=_': compared,
  '_<_': ordered,
  '_<=_': ordered,
  '_>_': ordered,
  '_>=_': ordered,
  '_+_': plus,
  '@in': ({ params }, _, [, list]) => (params[1]?.kind === 'list' ? { cost: list!.size } : undefined),
  matches: ({ member }, target, [expression]) =>
    member ? { cost: pattern(target!.size, expression!.size) } : undefined,
  contains: (_, target, [part]) =>
    target && part && { cost: multiply(scale(target.size, TRAVERSAL), scale(part.size, TRAVERSAL)) },
  startsWith: prefix,
  endsWith: prefix,
  format: (_, target) => target && { cost: scale(target.size, TRAVERSAL) },
  bytes: ({ params }, _, [text]) =>
    params[0] === types.STRING
      ? { cost: scale(text!.size, TRAVERSAL), size: { min: text!.size.min, max: Math.min(MOST, text!.size.max * 4) } }
      : undefined,
  string: ({ params }, _, [bytes]) =>
    params[0] === types.BYTES
      ? { cost: scale(bytes!.size, TRAVERSAL), size: { min: Math.floor(bytes!.size.min / 4), max: bytes!.size.max } }
      : undefined,
  'strings.quote': (_, __, [text]) => text && { cost: scale(text.size, TRAVERSAL), size: quoted(text.size) },
  slice: overList((size, _, args) => allocating(1, fixed(intOf(args[1], size.max) - intOf(args[0], 0)))),
  'lists.range': (_, __, [count]) => allocating(1, fixed(intOf(count, MOST))),
  reverse: overList((size) => allocating(1, size)),
  flatten: overList((size, _, args) => allocating(args.length === 0 ? 1 : intOf(args[0], MOST), size)),
  distinct: overList((size) => allocating(2, multiply(size, size))),
  sort: overList((size, { params }) =>
    allocating(isText(params[0]?.params[0]) ? 2 + TRAVERSAL : 2, multiply(size, size)),
  ),
  'sets.contains': sets(1),
  'sets.intersects': sets(1),
  'sets.equivalent': sets(2),
};

const quoted = ({ min, max }: Range): Range => ({ min: min + 2, max: Math.min(MOST, max * 2 + 2) });

/** Reading a selector and keeping its requirements. */
function selectorCost(length: Range): Range {
  return add(LIST_BASE, scale(length, TRAVERSAL), scale(scale(length, 0.5), 50));
}
