/** A broken promise of this program, never of its input. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** Stops at once when the program itself is wrong; stays on in production. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}
