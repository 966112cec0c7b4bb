/** Why nothing can be kept just now, in the cases a person can do something about. */
export type StorageFault = 'full' | 'newer' | 'noAnswer' | 'refused';

/** Thrown where a newer Drydock has changed the store, or wants to. */
export class NewerStoreError extends Error {}
/** Thrown where the browser does not answer. */
export class NoAnswerError extends Error {}

const FULL_NAMES = ['QuotaExceededError', 'NS_ERROR_DOM_QUOTA_REACHED', 'QUOTA_EXCEEDED_ERR'];
/** Legacy codes of a full store: DOMException 22, and 1014 of Firefox. */
const FULL_CODES = [22, 1014];

/** Browsers say that there is no room in several ways. */
export function storageFault(error: unknown): StorageFault {
  if (error instanceof NewerStoreError) return 'newer';
  if (error instanceof NoAnswerError) return 'noAnswer';
  const { name, code } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly name?: unknown;
    readonly code?: unknown;
  };
  if (name === 'VersionError') return 'newer';
  return FULL_NAMES.includes(String(name)) || FULL_CODES.includes(Number(code)) ? 'full' : 'refused';
}
