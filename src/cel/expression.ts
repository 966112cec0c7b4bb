/** One node of a parsed expression. `at` is the index in the text that errors point to. */
export type Expression =
  | { readonly kind: 'literal'; readonly at: number; readonly value: Literal }
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | {
      readonly kind: 'select';
      readonly at: number;
      readonly operand: Expression;
      readonly field: string;
      /** `.?field`, or the argument of `has()`. */
      readonly how: 'value' | 'optional' | 'test';
    }
  | {
      readonly kind: 'call';
      readonly at: number;
      readonly name: string;
      readonly target?: Expression;
      readonly args: readonly Expression[];
    }
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly Item[] }
  | { readonly kind: 'map'; readonly at: number; readonly entries: readonly Entry[] }
  | { readonly kind: 'struct'; readonly at: number; readonly type: string; readonly fields: readonly FieldValue[] }
  | Comprehension;

/** A macro that binds variables. `over` is what it goes through. */
export interface Comprehension {
  readonly kind: 'macro';
  readonly at: number;
  readonly macro: MacroName;
  readonly over: Expression;
  readonly variables: readonly string[];
  readonly condition?: Expression;
  readonly result: Expression;
}

export type MacroName =
  | 'all'
  | 'exists'
  | 'exists_one'
  | 'map'
  | 'filter'
  | 'sortBy'
  | 'transformList'
  | 'transformMap'
  | 'transformMapEntry'
  | 'optMap'
  | 'optFlatMap'
  | 'bind';

/** An int is a bigint, a double a number. */
export type Literal = boolean | bigint | number | string | null | Uint8Array | { readonly uint: bigint };

export interface Item {
  readonly value: Expression;
  readonly optional: boolean;
}
export interface Entry extends Item {
  readonly key: Expression;
}
export interface FieldValue extends Item {
  readonly name: string;
  readonly at: number;
}

/** Whether a macro goes through a list or map. */
export const isSeries = (macro: MacroName): boolean => !['optMap', 'optFlatMap', 'bind'].includes(macro);
