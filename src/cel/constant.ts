import { typeNamed } from './check.ts';
import type { Expression } from './expression.ts';

const CONVERSIONS: ReadonlySet<string> = new Set('bool bytes double duration dyn int string timestamp uint'.split(' '));

const known = new WeakMap<Expression, boolean>();

/**
 * Whether the server works a part of an expression out once, when it is compiled.
 * Source: interpreter/decorators.go `decOptimize` of cel-go 0.26.
 */
export function isConstant(node: Expression): boolean {
  const before = known.get(node);
  if (before !== undefined) return before;
  const found = find(node);
  known.set(node, found);
  return found;
}

function find(node: Expression): boolean {
  switch (node.kind) {
    case 'literal':
      return true;
    case 'list':
      return node.items.every(({ value }) => isConstant(value));
    case 'map':
      return node.entries.every(({ key, value }) => isConstant(key) && isConstant(value));
    case 'call': {
      const [first, second] = node.args;
      if (node.name === '@in') return second !== undefined && isEmptyList(second);
      const isConversion = node.target === undefined && node.args.length === 1 && CONVERSIONS.has(node.name);
      return isConversion && first !== undefined && isConstant(first);
    }
    case 'name':
      return typeNamed(node.name) !== undefined;
    default:
      return false;
  }
}

export const isEmptyList = (node: Expression): boolean => node.kind === 'list' && node.items.length === 0;

/** A number, text or boolean that is constant. */
function isSimpleConstant(node: Expression): boolean {
  if (node.kind === 'literal') return node.value !== null && !(node.value instanceof Uint8Array);
  return node.kind === 'call' && isConstant(node) && ['bool', 'double', 'int', 'string', 'uint'].includes(node.name);
}

/** A search in a list of simple constants costs nothing. Source: interpreter/decorators.go `maybeOptimizeSetMembership`. */
export function isMembership(
  { name }: Expression & { readonly kind: 'call' },
  [, list]: readonly Expression[],
): boolean {
  return name === '@in' && list?.kind === 'list' && list.items.every(({ value }) => isSimpleConstant(value));
}
