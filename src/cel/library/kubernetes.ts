import type { Quantity } from '../../apimachinery/quantity.ts';
import * as quantities from '../../apimachinery/quantity.ts';
import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Special, Value } from '../value.ts';
import { special } from '../value.ts';
import type { Implementation } from './operators.ts';
import { semverIn } from './semver.ts';
import { text } from './strings.ts';

const QUANTITY = 'kubernetes.Quantity';

function own<T>(value: Value | undefined, type: string): T {
  const found = value === undefined ? undefined : special(value);
  if (found?.type !== type) throw noSuchOverload();
  return found.value as T;
}

interface OwnQuantity extends Quantity {
  compareTo(other: Quantity): number;
}

export const quantityValue = (quantity: Quantity): Special => ({
  type: QUANTITY,
  value: { ...quantity, compareTo: (other: Quantity) => quantities.compareQuantities(quantity, other) },
});

const quantityIn = (value: Value | undefined): Quantity => own<OwnQuantity>(value, QUANTITY);

function quantityOf(value: Value | undefined): Value {
  const problem = quantities.quantityProblem(text(value));
  if (problem !== undefined) throw new EvaluationError(problem);
  return quantityValue(quantities.parseQuantity(text(value))!);
}

function combine(use: (a: Quantity, b: Quantity) => Quantity): Implementation {
  return ([a, b]) =>
    quantityValue(use(quantityIn(a), typeof b === 'bigint' ? quantities.makeQuantity(b) : quantityIn(b)));
}

const compared = ([a, b]: readonly Value[]): number => {
  const type = special(a!)?.type;
  if (type === QUANTITY) return quantities.compareQuantities(quantityIn(a), quantityIn(b));
  return semverIn(a).compareTo(semverIn(b));
};

function wholeOf(quantity: Quantity): bigint | undefined {
  const value = quantities.valueOf(quantity);
  const isWhole = quantities.compareQuantities(quantity, quantities.makeQuantity(value)) === 0;
  return isWhole && value < 2n ** 63n && value >= -(2n ** 63n) ? value : undefined;
}

function asInteger([value]: readonly Value[]): Value {
  const whole = wholeOf(quantityIn(value));
  if (whole === undefined) throw new EvaluationError('cannot convert value to integer');
  return whole;
}

export const KUBERNETES: Readonly<Record<string, Implementation>> = {
  quantity: ([value]) => quantityOf(value),
  isQuantity: ([value]) => quantities.quantityProblem(text(value)) === undefined,
  sign: ([value]) => BigInt(quantities.signOfQuantity(quantityIn(value))),
  isGreaterThan: (args) => compared(args) > 0,
  isLessThan: (args) => compared(args) < 0,
  compareTo: (args) => BigInt(compared(args)),
  asApproximateFloat: ([value]) => quantities.quantityToNumber(quantityIn(value)),
  asInteger,
  isInteger: ([value]) => wholeOf(quantityIn(value)) !== undefined,
  add: combine(quantities.addQuantities),
  sub: combine(quantities.subtractQuantities),
};
