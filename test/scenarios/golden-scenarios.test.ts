import { beforeAll, describe, expect, it } from 'vitest';
import { preloadKinds } from '../../src/simulator/testing/built-in-kinds.ts';
import { LEFT_OUT } from './golden-differences.ts';
import { goldenRuns, outcomeOf, replay } from './golden-run.ts';

beforeAll(preloadKinds);

/**
 * Runs of a real control plane, request by request: the same refusals, the same Events with the same counts, and the same
 * objects in the end.
 */
describe('runs that were recorded', () => {
  const runs = goldenRuns();

  it('are all compared, but for those that are left out with a reason', () => {
    expect(runs).toHaveLength(19);
    for (const name of LEFT_OUT.keys()) expect(runs.map(({ scenario }) => scenario)).toContain(name);
  });

  it.each(runs.filter(({ scenario }) => !LEFT_OUT.has(scenario)).map((run) => [run.scenario, run] as const))(
    '%s',
    (_, run) => {
      expect(replay(run)).toEqual(outcomeOf(run));
    },
  );
});
