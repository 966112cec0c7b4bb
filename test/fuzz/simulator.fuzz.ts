import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../src/simulator/cluster.ts';
import { kinds, preloadKinds } from '../../src/simulator/testing/built-in-kinds.ts';
import { defaultTopology } from '../../src/simulator/topology.ts';
import { violations, violationsAtRest } from '../support/cluster-invariants.ts';
import type { RandomRun } from './random-run.ts';
import { randomRun } from './random-run.ts';

/** How many runs: `DRYDOCK_SEEDS=10000 npm run fuzz -- simulator`. */
const RUNS = Number(process.env['DRYDOCK_SEEDS'] ?? 1000);
/** Faults end after two minutes at most, eviction takes five: a quarter of an hour later all is at rest. */
const REST_MS = 900_000;

beforeAll(preloadKinds);

/** Plays a run; `look` is called at every step of the script and at the end. */
function play({ seed, workers, steps }: RandomRun, look: (cluster: Cluster, isAtRest: boolean) => void): Cluster {
  const cluster = Cluster.create({ seed, kinds, topology: defaultTopology(workers) });
  cluster.runUntil(5000);
  for (const step of steps) {
    cluster.runUntil(cluster.nowMs + step.afterMs);
    if (step.type === 'apply') cluster.kubectl('apply -f x.yaml', { 'x.yaml': step.objects });
    else if (step.type === 'kubectl') cluster.kubectl(step.line);
    else cluster.fault(step.order);
    cluster.runUntil(cluster.nowMs + 1000);
    look(cluster, false);
  }
  const isAtRest = cluster.runUntilSettled(cluster.nowMs + REST_MS);
  look(cluster, isAtRest);
  return cluster;
}

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
        { numRuns: RUNS, seed: 20261126, endOnFailure: false },
      );
      console.log(`${RUNS} runs, ${atRest} of them to rest`);
    },
    24 * 3_600_000,
  );
});
