import { beforeAll, describe, expect, it } from 'vitest';
import type { Cluster } from '../../../simulator/cluster.ts';
import { preloadKinds } from '../../../simulator/testing/built-in-kinds.ts';
import { after, deployment } from '../testing/small-cluster.ts';
import { findObject } from './moment.ts';
import { momentOf } from './moment-of.ts';
import { rolloutOf } from './rollout.ts';

beforeAll(preloadKinds);

function sums(cluster: Cluster) {
  const moment = momentOf(cluster, cluster.trace.after(0), cluster.trace.length);
  return rolloutOf(findObject(moment, 'Deployment/default/web')!, moment);
}

describe('the sums of a roll-out', () => {
  it.each([
    [3, 1, 0],
    [4, 1, 1],
    [10, 3, 2],
  ])('rounds a quarter of %i up to %i more and down to %i fewer', (replicas, surge, unavailable) => {
    const { maxSurge, maxUnavailable, mostTotal, leastAvailable, state } = sums(
      after(40, [deployment('web', replicas)]),
    );
    expect(maxSurge).toEqual({ given: '25%', resolved: surge });
    expect(maxUnavailable).toEqual({ given: '25%', resolved: unavailable });
    expect([mostTotal, leastAvailable, state]).toEqual([replicas + surge, replicas - unavailable, 'done']);
  });

  it('stands still at the safe point when the new Pods never become ready, and is late after its deadline', () => {
    const cluster = after(40, [deployment('web', 3)]);
    cluster.kubectl('set image deployment/web main=nowhere/web:2');
    cluster.runUntil(120_000);
    const stalled = sums(cluster);
    expect(stalled).toMatchObject({ state: 'waitsForNew', mayCreate: 0, mayDelete: 0, total: 4, available: 3 });
    expect(stalled.newSet).toMatchObject({ images: 'nowhere/web:2', revision: 2, wanted: 1, ready: 0 });
    expect(stalled.oldSets).toMatchObject([{ revision: 1, wanted: 3, ready: 3 }]);
    const { deadlineAtMs = 0 } = stalled;
    expect(deadlineAtMs).toBeGreaterThan(640_000);
    cluster.runUntil(deadlineAtMs + 3000);
    expect(sums(cluster).state).toBe('late');
  });
});
