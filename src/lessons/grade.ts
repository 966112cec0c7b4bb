import { jsonEqual } from '../base/json.ts';
import type { Given, Right } from './question.ts';

/** How good an answer is, from 0 to 1: a part of what was asked for counts as a part. */
export function creditOf(given: Given, right: Right): number {
  switch (right.type) {
    case 'choice':
      return given.type === 'choice' && jsonEqual(given.value, right.value) ? 1 : 0;
    case 'object':
      return given.type === 'object' && right.names.includes(given.name) ? 1 : 0;
    case 'number':
      return given.type === 'number' ? nearness(given.value, right.value) : 0;
    case 'order':
      return given.type === 'order' ? pairsInOrder(given.ids, right.ids) : 0;
    case 'arrow':
      if (given.type !== 'arrow') return 0;
      return (Number(given.from === right.from) + Number(given.to === right.to)) / 2;
    case 'truth':
      // A reason is worth something only for who has the verdict right.
      if (given.type !== 'truth' || given.value !== right.value) return 0;
      return jsonEqual(given.reason, right.reason) ? 1 : 0.5;
  }
}

/** Off by one of several is half right. */
function nearness(given: number, right: number): number {
  if (given === right) return 1;
  return right >= 3 && Math.abs(given - right) === 1 ? 0.5 : 0;
}

/** The share of pairs that stand in the right order. */
function pairsInOrder(given: readonly string[], right: readonly string[]): number {
  let [fine, all] = [0, 0];
  for (let first = 0; first < right.length; first++)
    for (let second = first + 1; second < right.length; second++) {
      all++;
      const [a, b] = [given.indexOf(right[first]!), given.indexOf(right[second]!)];
      if (a >= 0 && b >= 0 && a < b) fine++;
    }
  return all === 0 ? 1 : fine / all;
}
