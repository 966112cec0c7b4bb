import { beforeAll, describe, expect, it } from 'vitest';
import { cronScheduleProblem } from '../../../../kinds/cronjob/cron-schedule.ts';
import { parseSchedule } from '../../../../kinds/cronjob/schedule-times.ts';
import type { Text } from '../../../i18n.ts';
import { scheduleWords } from './schedule-words.ts';
import { bothLanguages } from './testing/both-languages.ts';

let english: Text;
let chinese: Text;
beforeAll(async () => {
  ({ english, chinese } = await bothLanguages());
});

const CASES: readonly (readonly [schedule: string, en: string, zh: string])[] = [
  ['* * * * *', 'Every minute, every day', '每天，每分钟'],
  ['*/5 * * * *', 'Every 5 minutes, every day', '每天，每 5 分钟'],
  ['@hourly', 'At minute 0 of every hour, every day', '每天，每小时的第 0 分钟'],
  ['15 * * * *', 'At minute 15 of every hour, every day', '每天，每小时的第 15 分钟'],
  ['0 3 * * *', 'At 03:00, every day', '每天，03:00'],
  ['0 3,15 * * *', 'At 03:00 and 15:00, every day', '每天，03:00 和 15:00'],
  ['0 9 * * mon-fri', 'At 09:00, on Monday to Friday', '每星期一至星期五，09:00'],
  ['30 8 * * 0', 'At 08:30, on Sunday', '每星期日，08:30'],
  ['@monthly', 'At 00:00, on day 1 of the month', '每月 1 日，00:00'],
  ['@yearly', 'At 00:00, on day 1 of the month, in January', '一月，每月 1 日，00:00'],
  // Two open fields join by "and", two closed ones by "or": the parser's own rule.
  ['0 3 13 * fri', 'At 03:00, on day 13 of the month and besides on Friday', '每月 13 日，另加每星期五，03:00'],
  ['0 3 1-31 * fri', 'At 03:00, every day', '每天，03:00'],
  [
    '*/10 9-17 * * *',
    'Every 10 minutes, in the hours 09:00 to 17:00, every day',
    '每天，09:00 至 17:00 各小时内，每 10 分钟',
  ],
  ['@every 1h30m', 'Every 1 hour 30 minutes, from when the CronJob is made', '从 CronJob 创建起，每隔 1 小时 30 分钟'],
];

describe('a schedule in words', () => {
  it.each(CASES)('%s', (schedule, en, zh) => {
    expect(cronScheduleProblem(schedule)).toBeUndefined();
    expect(scheduleWords(schedule, english, 'en')).toBe(en);
    expect(scheduleWords(schedule, chinese, 'zh-CN')).toBe(zh);
  });

  it('says every day only of schedules that run on every day of a year', () => {
    for (const [schedule, words] of CASES.filter(([one]) => !one.startsWith('@every'))) {
      const { next } = parseSchedule(schedule, 'UTC');
      const days = new Set<number>();
      const [from, until] = [Date.UTC(2023, 0, 1) - 1, Date.UTC(2024, 0, 1)];
      for (let at = next(from); at !== undefined && at < until;) {
        days.add(Math.floor(at / 86_400_000));
        // The rest of a day says nothing new.
        at = next(Math.floor(at / 86_400_000 + 1) * 86_400_000 - 1);
      }
      expect(days.size === 365, schedule).toBe(words.endsWith('every day'));
    }
  });
});
