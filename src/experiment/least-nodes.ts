import type { LeastNodesFound } from './row.ts';

/** What became of a try with so many workers. */
export interface Fit<Tried> {
  readonly tried: Tried;
  /** Why not every Pod runs; undefined where all do. */
  readonly because: string | undefined;
  /** Whether a Pod waits for a Node: where none does, more of them change nothing. */
  readonly wantsNodes: boolean;
}

/**
 * The least number of workers, up to `most`, with which every Pod runs. It is doubled until it is enough, then the gap is
 * halved until the number below is known not to be. That takes it that a cluster which is large enough stays so when it
 * grows, as it does but for odd rules of spreading.
 */
export function leastNodes<Tried>(
  most: number,
  fitsWith: (workers: number) => Fit<Tried>,
): { readonly found: LeastNodesFound; readonly tried: Tried } {
  const tried: number[] = [];
  const attempt = (workers: number): Fit<Tried> => {
    tried.push(workers);
    return fitsWith(workers);
  };
  let [tooFew, workers] = [0, 1];
  let fit = attempt(workers);
  while (fit.because !== undefined) {
    if (workers === most || !fit.wantsNodes)
      return { found: { nodes: null, tried, because: fit.because }, tried: fit.tried };
    tooFew = workers;
    workers = Math.min(workers * 2, most);
    fit = attempt(workers);
  }
  while (workers - tooFew > 1) {
    const between = tooFew + Math.floor((workers - tooFew) / 2);
    const other = attempt(between);
    if (other.because === undefined) [workers, fit] = [between, other];
    else tooFew = between;
  }
  return { found: { nodes: workers, tried }, tried: fit.tried };
}
