import { nameAt, stringAt } from '../../base/json.ts';
import { setTo } from './lint-fixes.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject } from './spots.ts';

/** Schedules by the hour that do not say in which time zone. */
export const cronTimeZone: Lint = {
  id: 'cron-time-zone',
  group: 'reliability',
  severity: 'info',
  defaultOn: true,
  find: perObject('CronJob', ['batch/v1'], ({ object }) => {
    const [schedule, zone] = [stringAt(object, 'spec', 'schedule') ?? '', nameAt(object, 'spec', 'timeZone')];
    const hour = schedule.trim().split(/\s+/)[1] ?? '';
    const isByHour = /^[0-9]/.test(hour) || /^@(?:daily|midnight|weekly|monthly|yearly|annually)$/.test(schedule);
    return isByHour && zone === undefined && !/TZ=/.test(schedule)
      ? [{ at: ['spec', 'timeZone'], params: { schedule } }]
      : NO_SPOTS;
  }),
  fix: setTo('Etc/UTC'),
};
