/** A broken promise of this program, never of its input. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Stops at once when the program itself is wrong; stays on in production. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Marks a switch as complete: the compiler refuses when a case is missing. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${String(value)}`);
}
