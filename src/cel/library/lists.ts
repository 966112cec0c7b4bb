import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Special, Value } from '../value.ts';
import { NONE, duration, equals, heldBy, isList, isMap, some, special, typeNameOf, uint } from '../value.ts';
import type { Implementation } from './operators.ts';
import { OPERATORS, compare } from './operators.ts';
import { STRINGS, index } from './strings.ts';

function list(value: Value | undefined): readonly Value[] {
  if (value === undefined || !isList(value)) throw noSuchOverload();
  return value;
}

function extreme(sign: 1 | -1, word: string): Implementation {
  return ([own]) => {
    const items = list(own);
    if (items.length === 0) throw new EvaluationError(`${word} called on empty list`);
    return items.reduce((best, item) => (compare(item, best) * sign > 0 ? item : best));
  };
}

function sum([own]: readonly Value[]): Value {
  const items = list(own);
  if (items.length === 0) return 0n;
  const type = typeNameOf(items[0]!);
  const zero = type === 'uint' ? uint(0n) : type === 'double' ? 0 : type === 'int' ? 0n : duration(0n);
  return items.reduce((total, item) => OPERATORS['_+_']!([total, item]), zero);
}

function flatten(items: readonly Value[], depth: number): readonly Value[] {
  return items.flatMap((item) => (isList(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

const distinct = (items: readonly Value[]): readonly Value[] =>
  items.filter((item, at) => items.findIndex((other) => equals(item, other)) === at);

const containsAll = (all: readonly Value[], some_: readonly Value[]): boolean =>
  some_.every((item) => all.some((other) => equals(item, other)));

function slice([own, from, to]: readonly Value[]): Value {
  const [items, start, end] = [list(own), index(from), index(to)];
  const refuse = (words: string): never => {
    throw new EvaluationError(`cannot slice(${start}, ${end}), ${words}`);
  };
  if (start < 0 || end < 0) refuse('negative indexes not supported');
  if (start > end) refuse('start index must be less than or equal to end index');
  if (end > items.length) refuse(`list is length ${items.length}`);
  return items.slice(start, end);
}

const isZero = (value: Value): boolean =>
  value === null ||
  value === false ||
  value === 0n ||
  value === 0 ||
  value === '' ||
  (isList(value) && value.length === 0) ||
  (isMap(value) && value.size === 0) ||
  isZeroSpecial(special(value));

/** Go's zero time is the first of January of the year 1. */
function isZeroSpecial(own: Special | undefined): boolean {
  return own?.value === (own?.type === 'google.protobuf.Timestamp' ? -62_135_596_800_000_000_000n : 0n);
}

function optionalAt(items: readonly Value[], index: number): Value {
  const found = items[index];
  return found === undefined ? NONE : some(found);
}

export const LISTS: Readonly<Record<string, Implementation>> = {
  min: extreme(-1, 'min'),
  max: extreme(1, 'max'),
  sum,
  isSorted: ([own]) => list(own).every((item, at, all) => at === 0 || compare(all[at - 1]!, item) <= 0),
  first: ([own]) => optionalAt(list(own), 0),
  last: ([own]) => optionalAt(list(own), list(own).length - 1),
  sort: ([own]) => list(own).toSorted(compare),
  indexOf: (args) =>
    isList(args[0]!) ? BigInt(args[0].findIndex((item) => equals(item, args[1]!))) : STRINGS['indexIn']!(args),
  lastIndexOf: (args) =>
    isList(args[0]!) ? BigInt(args[0].findLastIndex((item) => equals(item, args[1]!))) : STRINGS['lastIndexIn']!(args),
  slice,
  flatten: ([own, depth]) => {
    const levels = depth === undefined ? 1 : index(depth);
    if (levels < 0) throw new EvaluationError('level must be non-negative');
    return flatten(list(own), levels);
  },
  reverse: ([own]) => list(own).toReversed(),
  distinct: ([own]) => distinct(list(own)),
  'lists.range': ([count]) =>
    Array.from({ length: Math.min(Math.max(index(count), 0), 1_000_000) }, (_, at) => BigInt(at)),
  'sets.contains': ([a, b]) => containsAll(list(a), list(b)),
  'sets.equivalent': ([a, b]) => containsAll(list(a), list(b)) && containsAll(list(b), list(a)),
  'sets.intersects': ([a, b]) => list(a).some((item) => list(b).some((other) => equals(item, other))),
  'optional.of': ([value]) => some(value!),
  'optional.ofNonZeroValue': ([value]) => (isZero(value!) ? NONE : some(value!)),
  'optional.none': () => NONE,
  hasValue: ([value]) => heldBy(value!) !== undefined,
  value: ([value]) => {
    const held = heldBy(value!);
    if (held === undefined) throw new EvaluationError('optional.none() dereference');
    return held.value;
  },
};
