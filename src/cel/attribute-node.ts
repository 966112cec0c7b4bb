import type { Expression } from './expression.ts';

export const isChoice = (node: Expression): boolean => node.kind === 'call' && node.name === '_?_:_';

export const isIndexOrChoice = (node: Expression): node is Expression & { readonly kind: 'call' } =>
  node.kind === 'call' && ['_?_:_', '_[_]', '_[?_]'].includes(node.name);

/** A variable, a field, an element or a choice: what is looked up and not worked out. */
export const isAttribute = (node: Expression): boolean =>
  node.kind === 'name' || node.kind === 'select' || isIndexOrChoice(node);

/** What fields and elements are of. */
export function baseOf(node: Expression): Expression {
  if (node.kind === 'select') return baseOf(node.operand);
  const [container] = isIndexOrChoice(node) && !isChoice(node) ? node.args : [];
  return container === undefined ? node : baseOf(container);
}

/** `a.b.c`; undefined for what is no name with dots. */
export function nameOf(node: Expression): string | undefined {
  if (node.kind === 'name') return node.name.replace(/^\./, '');
  const head = node.kind === 'select' && node.how === 'value' ? nameOf(node.operand) : undefined;
  return head === undefined || node.kind !== 'select' ? undefined : `${head}.${node.field}`;
}
