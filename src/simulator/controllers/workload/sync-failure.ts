import type { ApiResult } from '../../client/api-client.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { Outcome } from '../controller.ts';

/** Leaves a sync whose caller has nothing more to do than to try again; its words are those of the error upstream. */
class SyncFailure extends Error {}

export function fail(message: string): never {
  throw new SyncFailure(message);
}

/** Runs a sync; a failure in it becomes its outcome. Whatever else is thrown (the wait of a flow) passes through. */
export function orFailed(sync: () => Outcome | void): Outcome | void {
  try {
    return sync();
  } catch (thrown) {
    if (thrown instanceof SyncFailure) return { failed: thrown.message };
    throw thrown;
  }
}

/** What a part of a sync gives, or the words of its failure where the sync goes on. */
export function failureOf<Value>(run: () => Value): { readonly value: Value } | { readonly failed: string } {
  try {
    return { value: run() };
  } catch (thrown) {
    if (thrown instanceof SyncFailure) return { failed: thrown.message };
    throw thrown;
  }
}

/** The object of an answer; the sync fails where there is none. */
export function must(result: ApiResult, words = ''): KubernetesObject {
  return result.ok ? result.object : fail(words + result.message);
}

/** The same of something that may have gone meanwhile, with which nothing more is to be done then. */
export function mustUnlessGone(result: ApiResult, words = ''): void {
  if (result.ok || result.code !== 404) must(result, words);
}
