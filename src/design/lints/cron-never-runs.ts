import { stringAt } from '../../base/json.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Schedules for days that no month has. */
export const cronNeverRuns: Lint = {
  id: 'cron-never-runs',
  group: 'reliability',
  severity: 'warning',
  defaultOn: true,
  find: perObject('CronJob', ['batch/v1'], ({ object }) => {
    const schedule = stringAt(object, 'spec', 'schedule') ?? '';
    const [, , day = '*', month = '*', weekday = '*'] = schedule.trim().split(/\s+/);
    if (!/^[0-9,]+$/.test(day) || !/^[0-9,]+$/.test(month) || !/^[*?]$/.test(weekday)) return NO_SPOTS;
    const longest = Math.max(...month.split(',').map((number) => DAYS[Number(number) - 1] ?? 31));
    return day.split(',').every((number) => Number(number) > longest)
      ? [{ at: ['spec', 'schedule'], params: { schedule } }]
      : NO_SPOTS;
  }),
};

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
