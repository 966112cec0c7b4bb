import { byteLength } from '../../apimachinery/utf8.ts';
import type { Overload } from '../declarations.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { formatPatternLength } from '../library/formats.ts';
import type { CelType } from '../type.ts';
import * as types from '../type.ts';
import type { Outcome, Value } from '../value.ts';
import { heldBy, isList, isMap, sizeOfMap, special } from '../value.ts';

/** Going through a text once, a unit for ten characters. */
const TRAVERSAL = 0.1;
/** A unit for four characters of a pattern. */
const PATTERN = 0.25;
const LIST_BASE = 10;

export interface Call {
  readonly name: string;
  /** Undefined where the types of the arguments leave it open. */
  readonly overload: Overload | undefined;
  readonly args: readonly Outcome[];
  readonly result: Outcome;
}

/**
 * What a call cost beside its arguments, in the server's units.
 * Source: staging/src/k8s.io/apiserver/pkg/cel/library/cost.go `CallCost`, 1.36; of cel-go 0.26 interpreter/runtimecost.go
 * `costCall`, ext/lists.go, ext/sets.go.
 */
export function actualCallCost(call: Call): number {
  const cost = ofOverload(call) ?? ofFunction(call);
  return cost ?? ofStandard(call);
}

const ofText = (value: Outcome | undefined, factor = 1): number => Math.ceil(actualSize(value) * factor * TRAVERSAL);

function isText(type: CelType | undefined): boolean {
  return type === types.STRING || type === types.BYTES;
}

/** Characters, bytes, items, entries; 1 for what has no size. */
export function actualSize(value: Outcome | undefined): number {
  if (value === undefined || value instanceof EvaluationError) return 1;
  if (typeof value === 'string') return Array.from(value).length;
  if (value instanceof Uint8Array || isList(value)) return value.length;
  if (isMap(value)) return sizeOfMap(value);
  const own = special(value);
  if (own?.type === 'net.IP' || own?.type === 'net.CIDR') return (own.value as { readonly bytes: number }).bytes;
  const held = heldBy(value);
  return held === undefined ? 1 : actualSize(held.value);
}

const allocating = (size: number): number => Math.trunc(size) + 1 + LIST_BASE;

/** Source: ext/sets.go `trackSetsCost`, ext/lists.go. */
function ofOverload({ name, overload, args, result }: Call): number | undefined {
  const sets = { 'sets.contains': 1, 'sets.intersects': 1, 'sets.equivalent': 2 }[name];
  if (sets !== undefined) return 1 + actualSize(args[0]) * actualSize(args[1]) * sets;
  switch (name) {
    case 'slice':
    case 'lists.range':
    case 'reverse':
      return allocating(actualSize(result));
    case 'flatten':
      return allocating(actualSize(args[0]) * (typeof args[1] === 'bigint' ? Number(args[1]) : 1));
    case 'distinct':
      return allocating(selfComparison(args[0]));
    case 'sort':
      return overload === undefined ? undefined : allocating(selfComparison(args[0]));
    case '@sortByAssociatedKeys':
      return overload === undefined ? undefined : allocating(selfComparison(args[1]));
    default:
      return undefined;
  }
}

function selfComparison(list: Outcome | undefined): number {
  const items = list !== undefined && !(list instanceof EvaluationError) && isList(list) ? list : [];
  const isOfTexts = typeof items[0] === 'string' || items[0] instanceof Uint8Array;
  return items.length ** 2 * (isOfTexts ? 2 + TRAVERSAL : 2);
}

function ofFunction(call: Call): number | undefined {
  return FUNCTIONS[call.name]?.(call);
}

type Cost = (call: Call) => number | undefined;

const reading: Cost = ({ args }) => ofText(args[0]);
const readingTwice: Cost = ({ args }) => ofText(args[0], 2);
const pattern: Cost = ({ args: [text, expression] }) =>
  Math.ceil((1 + actualSize(text)) * TRAVERSAL) * Math.ceil(actualSize(expression) * PATTERN);
const traversing: Cost = ({ args }) => traversal(args[0]);

/** Each text counts by its bytes, each other value as one. */
function traversal(value: Outcome | undefined): number {
  if (value === undefined || value instanceof EvaluationError) return 1;
  if (typeof value === 'string') return Math.trunc(byteLength(value) * TRAVERSAL);
  if (value instanceof Uint8Array) return Math.trunc(value.length * TRAVERSAL);
  if (isList(value)) return value.reduce<number>((sum, item) => sum + traversal(item), 0);
  if (isMap(value)) return [...value].reduce((sum, [key, own]) => sum + traversal(key) + traversal(own), 0);
  return 1;
}

const selector: Cost = ({ args }) => {
  const length = actualSize(args[1]);
  return LIST_BASE + Math.ceil(length * TRAVERSAL) + Math.ceil(length * 0.5) * 50;
};

const contains =
  (more: (bytes: number) => number): Cost =>
  ({ overload, args: [cidr, other] }) => {
    const bytes = actualSize(cidr);
    const parsing = overload?.params[1] === types.STRING ? ofText(other) : 0;
    return Math.ceil(2 * bytes * TRAVERSAL) + more(bytes) + parsing;
  };

const validate: Cost = ({ args: [format, text] }) => {
  const length = formatPatternLength(format instanceof EvaluationError ? undefined : format);
  if (length === undefined) return undefined;
  return Math.ceil((1 + actualSize(text)) * TRAVERSAL) * Math.ceil(length * PATTERN);
};

/** Types of which two are compared for one unit. */
const CHECKED_ONCE: ReadonlySet<string> = new Set([
  'kubernetes.Quantity',
  'net.IP',
  'net.CIDR',
  'kubernetes.NamedFormat',
  'kubernetes.URL',
  'kubernetes.Semver',
]);

const FUNCTIONS: Readonly<Record<string, Cost>> = {
  check: () => 350_000,
  fieldSelector: selector,
  labelSelector: selector,
  isSorted: traversing,
  sum: traversing,
  max: traversing,
  min: traversing,
  indexOf: traversing,
  lastIndexOf: traversing,
  url: reading,
  lowerAscii: reading,
  upperAscii: reading,
  substring: reading,
  trim: reading,
  'jsonpatch.escapeKey': reading,
  replace: readingTwice,
  split: readingTwice,
  join: ({ result }) => ofText(result, 2),
  find: pattern,
  findAll: pattern,
  cidr: reading,
  isIP: reading,
  isCIDR: reading,
  ip: ({ overload, args }) => (overload?.member === true ? 1 : ofText(args[0])),
  'ip.isCanonical': readingTwice,
  containsIP: contains(() => 0),
  containsCIDR: contains((bytes) => Math.ceil(bytes * TRAVERSAL) + 1),
  quantity: reading,
  isQuantity: reading,
  semver: reading,
  isSemver: reading,
  validate,
  '_==_': ({ args }) => {
    const [left] = args as readonly [Value];
    const type = left instanceof EvaluationError ? undefined : special(left)?.type;
    return type !== undefined && (CHECKED_ONCE.has(type) || type.startsWith('kubernetes.authorization.'))
      ? 1
      : undefined;
  },
};

/** What cel-go itself charges. Where the overload is open all cost one but (in)equality. */
function ofStandard({ name, overload, args: [a, b] }: Call): number {
  if (name === '_==_' || name === '_!=_') return smaller(a, b);
  if (overload === undefined) return 1;
  const [first] = overload.params;
  switch (name) {
    case 'startsWith':
    case 'endsWith':
    case 'strings.quote':
    case 'format':
      return ofText(a);
    case 'bytes':
      return first === types.STRING ? ofText(a) : 1;
    case 'string':
      return first === types.BYTES ? ofText(a) : 1;
    case '@in':
      return overload.params[1]?.kind === 'list' ? actualSize(b) : 1;
    case '_<_':
    case '_<=_':
    case '_>_':
    case '_>=_':
      return isText(first) ? smaller(a, b) : 1;
    case '_+_':
      return isText(first) ? Math.ceil((actualSize(a) + actualSize(b)) * TRAVERSAL) : 1;
    case 'matches':
      return overload.member ? (pattern({ name, overload, args: [a ?? '', b ?? ''], result: '' }) ?? 1) : 1;
    case 'contains':
      return ofText(a) * ofText(b);
    default:
      return 1;
  }
}

const smaller = (a: Outcome | undefined, b: Outcome | undefined): number =>
  Math.ceil(Math.min(actualSize(a), actualSize(b)) * TRAVERSAL);
