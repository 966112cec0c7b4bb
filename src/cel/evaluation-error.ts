/** Why an expression has no value, in the words of cel-go. */
export class EvaluationError extends Error {}

export const noSuchOverload = (): EvaluationError => new EvaluationError('no such overload');

/** Ends the evaluation at once: nothing forgives it. */
export class CostExceeded extends EvaluationError {
  constructor() {
    super('operation cancelled: actual cost limit exceeded');
  }
}
