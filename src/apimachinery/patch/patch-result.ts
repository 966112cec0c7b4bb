/** HTTP status with which the API server of 1.36 refuses a patch; 500 where upstream passes the error on unclassified. */
export type PatchRefusalCode = 400 | 409 | 413 | 422 | 500;

export interface PatchRefusal {
  readonly ok: false;
  readonly code: PatchRefusalCode;
  /** The words of the upstream error; they stay English. */
  readonly message: string;
}

export type PatchResult<T> = { readonly ok: true; readonly value: T } | PatchRefusal;

/** How the functions of this folder leave a recursion; it never passes a public function. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
  readonly code: PatchRefusalCode;

  constructor(message: string, code: PatchRefusalCode = 500) {
    super(message);
    this.code = code;
  }
}

/** Runs a computation that may refuse, and answers with the refusal as a value. */
export function attempt<T>(compute: () => T): PatchResult<T> {
  try {
    return { ok: true, value: compute() };
  } catch (error) {
    if (error instanceof PatchError) return { ok: false, code: error.code, message: error.message };
    // Only values far deeper than the 10,000 levels that Go's JSON decoder reads exhaust the stack.
    if (error instanceof RangeError) return { ok: false, code: 400, message: 'exceeded max depth' };
    throw error;
  }
}
