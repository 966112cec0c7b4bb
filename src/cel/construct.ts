import { isConstant } from './constant.ts';
import type { Evaluator } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { Expression } from './expression.ts';
import type { Outcome, Value } from './value.ts';
import { heldBy, keyOf, ofStructType } from './value.ts';

/** What making a list, a map and an object costs. Source: common/cost.go of cel-go 0.26. */
export const LIST_COST = 10;
export const MAP_COST = 30;
const STRUCT_COST = 40;

/** A list, map or object as it is written; an error in one part ends it, and is charged for all the same. */
export function construct(
  evaluator: Evaluator,
  node: Expression & { readonly kind: 'list' | 'map' | 'struct' },
): Outcome {
  if (node.kind === 'list') return list(evaluator, node);
  return node.kind === 'map' ? map(evaluator, node) : struct(evaluator, node);
}

function list(evaluator: Evaluator, node: Expression & { readonly kind: 'list' }): Outcome {
  const items: Value[] = [];
  let problem: EvaluationError | undefined;
  for (const { value, optional } of node.items) {
    const item = present(evaluator, value, optional);
    if (item instanceof EvaluationError) {
      problem = item;
      break;
    }
    items.push(...item);
  }
  evaluator.chargeList(isConstant(node));
  return problem ?? items;
}

function map(evaluator: Evaluator, node: Expression & { readonly kind: 'map' }): Outcome {
  const entries = new Map<Value, Value>();
  let problem: EvaluationError | undefined;
  for (const { key, value, optional } of node.entries) {
    const name = evaluator.value(key);
    const own = name instanceof EvaluationError ? name : present(evaluator, value, optional);
    if (own instanceof EvaluationError || name instanceof EvaluationError) {
      problem = own instanceof EvaluationError ? own : undefined;
      break;
    }
    for (const item of own) entries.set(keyOf(name), item);
  }
  if (!evaluator.optimizes || !isConstant(node)) evaluator.charge(MAP_COST);
  return problem ?? entries;
}

function struct(evaluator: Evaluator, node: Expression & { readonly kind: 'struct' }): Outcome {
  const fields = new Map<Value, Value>();
  let problem: EvaluationError | undefined;
  for (const { name, value, optional } of node.fields) {
    const own = present(evaluator, value, optional);
    if (own instanceof EvaluationError) {
      problem = own;
      break;
    }
    for (const item of own) fields.set(name, item);
  }
  evaluator.charge(STRUCT_COST);
  return problem ?? ofStructType(fields, node.type.replace(/^\./, ''));
}

/** No value, or one. */
function present(evaluator: Evaluator, node: Expression, optional: boolean): readonly Value[] | EvaluationError {
  const value = evaluator.value(node);
  if (value instanceof EvaluationError) return value;
  if (!optional) return [value];
  const held = heldBy(value);
  return held === undefined ? [] : [held.value];
}
