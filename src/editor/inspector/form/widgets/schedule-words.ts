import { readSchedule } from '../../../../kinds/cronjob/schedule-times.ts';
import type { ScheduleField, ScheduleFields } from '../../../../kinds/cronjob/schedule-times.ts';
import type { Text } from '../../../i18n.ts';
import { spaced } from './parts/spaced.ts';

/** Times of the day are told one by one up to this many. */
const MOST_TIMES = 6;
/** Neighbours are told as a range from this many on. */
const LEAST_RANGE = 3;

/** When a schedule that the server has accepted is due, as a sentence; read by the parser of the controller itself. */
export function scheduleWords(schedule: string, t: Text, language: string): string {
  const { when } = readSchedule(schedule);
  if ('everySeconds' in when)
    return spaced(t('fields:schedule.every', { time: durationWords(when.everySeconds, language) }));
  const words = new Words(t, language);
  return spaced(t('fields:schedule.sentence', { time: words.time(when), days: words.days(when) }));
}

/** Seconds as `1 hour 30 minutes`. */
export function durationWords(seconds: number, language: string): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0);
  return spaced(
    (shown.length === 0 ? [[0, 'second'] as const] : shown)
      .map(([count, unit]) =>
        new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
      )
      .join(' '),
  );
}

class Words {
  private readonly t: Text;
  private readonly language: string;

  constructor(t: Text, language: string) {
    this.t = t;
    this.language = language;
  }

  time({ minute, hour }: ScheduleFields): string {
    const { t } = this;
    const minutes = sorted(minute);
    const hours = sorted(hour);
    const step = stepOf(minutes, 60);
    if (hours.length === 24 && minutes.length === 60) return t('fields:schedule.everyMinute');
    if (minutes.length * hours.length <= MOST_TIMES) {
      const times = hours.flatMap((h) => minutes.map((m) => `${pad(h)}:${pad(m)}`));
      return t('fields:schedule.at', { times: this.list(times) });
    }
    const within =
      minutes.length === 60
        ? t('fields:schedule.everyMinute')
        : step === undefined
          ? t('fields:schedule.atMinutes', { minutes: this.ranges(minutes, String), count: minutes.length })
          : t('fields:schedule.everyMinutes', { count: step });
    if (hours.length === 24) return step === undefined ? t('fields:schedule.ofEveryHour', { within }) : within;
    return t('fields:schedule.ofHours', { within, hours: this.ranges(hours, (h) => `${pad(h)}:00`) });
  }

  /** Both fields of days have to fit where one of them is open, else one of them: as the parser joins them. */
  days({ day, month, weekDay }: ScheduleFields): string {
    const { t } = this;
    const dates = day.values.size === 31 ? undefined : this.dates(day);
    const weekDays = weekDay.values.size === 7 ? undefined : this.weekDays(weekDay);
    const either = !day.isAny && !weekDay.isAny;
    const days =
      dates !== undefined && weekDays !== undefined
        ? t('fields:schedule.either', { dates, weekDays })
        : ((either ? undefined : (dates ?? weekDays)) ?? t('fields:schedule.everyDay'));
    if (month.values.size === 12) return days;
    const name = (at: number) => this.name(Date.UTC(2023, at - 1, 1), { month: 'long' });
    return t('fields:schedule.inMonths', { days, months: this.ranges(sorted(month), name) });
  }

  private dates(day: ScheduleField): string {
    return this.t('fields:schedule.onDates', { dates: this.ranges(sorted(day), String), count: day.values.size });
  }

  private weekDays({ values }: ScheduleField): string {
    // Monday first: `Saturday and Sunday` reads better than `Sunday and Saturday`. The first of January 2023 was a Sunday.
    const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => values.has(day % 7));
    const name = (day: number) => this.name(Date.UTC(2023, 0, 1 + (day % 7)), { weekday: 'long' });
    return this.t('fields:schedule.onWeekDays', { days: this.ranges(days, name) });
  }

  private name(atMs: number, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.language, { ...options, timeZone: 'UTC' }).format(atMs);
  }

  private ranges(values: readonly number[], name: (value: number) => string): string {
    const parts: string[] = [];
    for (let at = 0; at < values.length;) {
      let end = at;
      while (values[end + 1] === values[end]! + 1) end++;
      if (end - at + 1 >= LEAST_RANGE) {
        parts.push(this.t('fields:schedule.range', { from: name(values[at]!), to: name(values[end]!) }));
        at = end + 1;
      } else parts.push(name(values[at++]!));
    }
    return this.list(parts);
  }

  private list(parts: readonly string[]): string {
    return new Intl.ListFormat(this.language, { type: 'conjunction' }).format(parts);
  }
}

function sorted({ values }: ScheduleField): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

/** 5 of 0, 5, 10 … 55; undefined where the values are no even round of the whole. */
function stepOf(values: readonly number[], whole: number): number | undefined {
  const step = (values[1] ?? 0) - (values[0] ?? 0);
  const even =
    values.length > 2 && values[0] === 0 && whole % step === 0 && values.every((value, at) => value === at * step);
  return even && values.length * step === whole ? step : undefined;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
