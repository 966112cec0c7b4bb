import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { preloadKinds } from '../../src/simulator/testing/built-in-kinds.ts';
import { violations, violationsAtRest } from '../support/cluster-invariants.ts';
import { play } from '../support/play-run.ts';
import { randomRun } from '../support/random-run.ts';

/** How many runs, and where to begin: `DRYDOCK_SEEDS=10000 DRYDOCK_SEED=2 npm run fuzz -- simulator`. */
const RUNS = Number(process.env['DRYDOCK_SEEDS'] ?? 1000);
const SEED = Number(process.env['DRYDOCK_SEED'] ?? 20261126);
beforeAll(preloadKinds);

describe('random scripts with random faults', () => {
  it(
    `break nothing that always holds, and are the same again (${RUNS} runs)`,
    () => {
      let atRest = 0;
      fc.assert(
        fc.property(randomRun, (run) => {
          const first = play(run, (cluster, isAtRest) => {
            expect(violations(cluster)).toEqual([]);
            if (!isAtRest) return;
            atRest++;
            expect(violationsAtRest(cluster)).toEqual([]);
          });
          const { digest, length } = first.trace;
          const again = play(run, () => undefined);
          expect(again.trace.digest).toBe(digest);
          // Back to the middle and on again, and from a branch.
          const { steps } = first;
          first.seekSteps(Math.floor(steps / 2));
          first.seekSteps(steps);
          expect(first.trace.digest).toBe(digest);
          expect(first.trace.length).toBe(length);
          for (const entry of first.trace.after(0))
            if (entry.cause >= entry.seq) throw new Error(`${entry.seq} has its cause after it`);
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: false },
      );
      console.log(`${RUNS} runs, ${atRest} of them to rest`);
    },
    24 * 3_600_000,
  );
});
