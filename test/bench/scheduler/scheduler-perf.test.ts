import { expect, it } from 'vitest';
import { schedulerPerf } from './scheduler-perf.ts';
import { WORKLOADS } from './workloads.ts';

it('schedules every Pod that is measured, in every workload', () => {
  const rows = schedulerPerf(/./, 0.004);
  expect(rows.map(({ name }) => name)).toEqual(WORKLOADS.map(({ name }) => name));
  expect(rows.every(({ podsPerWallSecond, ratio }) => podsPerWallSecond > 0 && ratio > 0)).toBe(true);
});
