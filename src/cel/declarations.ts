import { COMPARED, FORMATS, NUMBERS, SIGNATURES } from './library/signatures.ts';
import type { CelType } from './type.ts';
import * as types from './type.ts';

/** One signature of a function; of a member the receiver is the first parameter. */
export interface Overload {
  readonly member: boolean;
  readonly params: readonly CelType[];
  readonly result: CelType;
}

export type Functions = ReadonlyMap<string, readonly Overload[]>;

const NAMED: ReadonlyMap<string, CelType> = new Map<string, CelType>([
  ['dyn', types.DYN],
  ['bool', types.BOOL],
  ['int', types.INT],
  ['uint', types.UINT],
  ['double', types.DOUBLE],
  ['string', types.STRING],
  ['bytes', types.BYTES],
  ['timestamp', types.TIMESTAMP],
  ['duration', types.DURATION],
  ['net.IP', types.opaque('net.IP')],
  ['net.CIDR', types.opaque('net.CIDR')],
]);

/** Reads `list(A)`, `map(K, V)`, `kubernetes.Quantity`. */
export function readType(text: string): CelType {
  const named = NAMED.get(text);
  if (named !== undefined) return named;
  if (/^[A-Z]$/.test(text)) return types.param(text);
  const inner = /^(\w+)\((.*)\)$/.exec(text);
  if (inner === null) return types.struct(text);
  const params = splitList(inner[2]!).map(readType);
  if (inner[1] === 'list') return types.listOf(params[0]!);
  if (inner[1] === 'map') return types.mapOf(params[0]!, params[1]!);
  return inner[1] === 'type' ? types.typeOf(params[0]!) : types.opaque(inner[1]!, ...params);
}

function splitList(text: string): readonly string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let index = 0; index <= text.length; index++) {
    const sign = text[index];
    if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if ((sign === ',' || sign === undefined) && depth === 0) {
      const part = text.slice(start, index).trim();
      if (part !== '') parts.push(part);
      start = index + 1;
    }
  }
  return parts;
}

/** Names before a dot that belong to the function and are no receiver. */
const NAMESPACED = /^(?:optional|strings|sets|lists|ip|format|jsonpatch)\.\w+$/;

function readSignature(line: string): readonly [string, Overload] {
  const end = endOfArguments(line);
  const open = openOf(line, end);
  const head = line.slice(0, open);
  const dot = head.lastIndexOf('.');
  const member = dot > 0 && !NAMESPACED.test(head);
  const own = splitList(line.slice(open + 1, end)).map(readType);
  const params = member ? [readType(head.slice(0, dot)), ...own] : own;
  return [member ? head.slice(dot + 1) : head, { member, params, result: readType(line.slice(end + 2)) }];
}

/** The bracket that closes the arguments: the first outside all others that a blank follows. */
function endOfArguments(line: string): number {
  let depth = 0;
  for (let index = 0; index < line.length; index++) {
    if (line[index] === '(') depth++;
    else if (line[index] === ')' && --depth === 0 && line[index + 1] === ' ') return index;
  }
  return line.length;
}

function openOf(line: string, end: number): number {
  let depth = 0;
  for (let index = end; index >= 0; index--) {
    if (line[index] === ')') depth++;
    else if (line[index] === '(' && --depth === 0) return index;
  }
  return 0;
}

function* lines(): Iterable<string> {
  yield* SIGNATURES.trim().split('\n');
  for (const type of COMPARED) for (const sign of ['<', '<=', '>', '>=']) yield `_${sign}_(${type}, ${type}) bool`;
  for (const [a, b] of NUMBERS.flatMap((one) => NUMBERS.filter((two) => two !== one).map((two) => [one, two] as const)))
    for (const sign of ['<', '<=', '>', '>=']) yield `_${sign}_(${a}, ${b}) bool`;
  for (const type of ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes']) {
    yield `list(${type}).isSorted() bool`;
    yield `list(${type}).sort() list(${type})`;
    yield `list(${type}).min() ${type}`;
    yield `list(${type}).max() ${type}`;
  }
  for (const type of ['int', 'uint', 'double', 'duration']) yield `list(${type}).sum() ${type}`;
  for (const format of FORMATS) yield `format.${format}() kubernetes.NamedFormat`;
}

function table(all: Iterable<string>): Functions {
  const functions = new Map<string, Overload[]>();
  for (const line of all) {
    const [name, overload] = readSignature(line);
    const known = functions.get(name);
    if (known === undefined) functions.set(name, [overload]);
    else known.push(overload);
  }
  return functions;
}

let base: Functions | undefined;

/** The functions of the base environment. */
export function baseFunctions(): Functions {
  return (base ??= table(lines()));
}
