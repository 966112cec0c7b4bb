import { describe, expect, it } from 'vitest';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { cronScheduleProblem } from './cron-schedule.ts';
import { validateScheduleFormat } from './cronjob.validation.ts';
import answers from './testdata/cron-schedule.cases.json' with { type: 'json' };
import upstream from './testdata/schedule-and-zone.cases.json' with { type: 'json' };
import { timeZoneProblems } from './time-zone.ts';

describe('schedules', () => {
  it.each(answers.cases.map(([schedule = '', answer = '']) => [schedule, answer] as const))(
    '%j: %s',
    (schedule, answer) => {
      expect(cronScheduleProblem(schedule) ?? '').toBe(answer);
    },
  );

  it.each(upstream.schedules)('$schedule with $timeZone', ({ schedule, hadTimeZone, timeZone, errors }) => {
    const found = validateScheduleFormat(schedule, hadTimeZone, timeZone, ValidationPath.of('spec', 'schedule'));
    expect(found.map((error) => formatFieldError(error))).toEqual(errors);
  });
});

describe('time zones', () => {
  it('knows the 595 of the upstream test', () => {
    const zones = upstream.timeZones.split(' ');
    expect(zones.length).toBe(595);
    expect(zones.flatMap((zone) => timeZoneProblems(zone))).toEqual([]);
  });

  const explicit = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
  it.each([
    ['', ['timeZone must be nil or non-empty string']],
    ['Local', [explicit]],
    ['LOCAL', [explicit, 'unknown time zone LOCAL']],
    ['europe/berlin', ['unknown time zone europe/berlin']],
    ['Europe/Atlantis', ['unknown time zone Europe/Atlantis']],
    ['Europe//Berlin', ['unknown time zone Europe//Berlin']],
    ['../Europe/Berlin', ['unknown time zone ../Europe/Berlin']],
    [' ', ['unknown time zone  ']],
    ['GMT+2', ['unknown time zone GMT+2']],
    ['Etc/GMT+2', []],
  ])('%j', (zone, problems) => {
    expect(timeZoneProblems(zone)).toEqual(problems);
  });
});
