import { useEffect, useMemo, useState } from 'react';
import { nameAt } from '../../../../base/json.ts';
import { cronScheduleProblem } from '../../../../kinds/cronjob/cron-schedule.ts';
import { parseSchedule, readSchedule } from '../../../../kinds/cronjob/schedule-times.ts';
import { locationProblem } from '../../../../kinds/cronjob/time-zone.ts';
import { SuggestInput } from '../../../../kit/suggest-input.tsx';
import { useText } from '../../../i18n.ts';
import { useStore } from 'zustand';
import { settings } from '../../../settings.ts';
import { useForm } from '../form-context.ts';
import { scheduleWords } from './schedule-words.ts';
import type { TextControlProps } from './text-control.ts';

/** Schedules that are offered; what each means is said beside it. */
const USUAL = ['*/5 * * * *', '@hourly', '@daily', '0 3 * * *', '0 9 * * mon-fri', '@weekly', '@monthly', '@yearly'];
const RUNS = 5;
const MINUTE_MS = 60_000;

/** A cron schedule: what it means in words, and when it is due next, by the parser that the controller goes by. */
export function ScheduleField(props: TextControlProps) {
  const t = useText();
  const language = useStore(settings, (state) => state.language);
  const { object } = useForm();
  const options = useMemo(() => () => USUAL.map((id) => ({ id, hint: scheduleWords(id, t, language) })), [t, language]);
  const zone = nameAt(object, 'spec', 'timeZone');
  const isRead = cronScheduleProblem(props.value) === undefined;
  return (
    <div className="schedule">
      <SuggestInput {...props} options={options} openLabel={t('fields:offer', { field: props.label })} />
      {isRead && <p className="widget-words">{scheduleWords(props.value, t, language)}</p>}
      {isRead && <NextRuns schedule={props.value} zone={zone} />}
    </div>
  );
}

/** The next times, by the clock of whoever looks; by that of the schedule beside it where the two differ. */
function NextRuns({ schedule, zone }: { readonly schedule: string; readonly zone: string | undefined }) {
  const t = useText();
  const language = useStore(settings, (state) => state.language);
  const now = useMinute();
  const place = readSchedule(schedule).zone ?? zone ?? 'UTC';
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (locationProblem(place) !== undefined) return null;
  const { next } = parseSchedule(schedule, place);
  const times: number[] = [];
  for (let at = next(now); at !== undefined && times.length < RUNS; at = next(at)) times.push(at);
  if (times.length === 0) return <p className="widget-words tone-warn">{t('fields:schedule.never')}</p>;
  const differs = times.some((at) => clock(at, language, place) !== clock(at, language, own));
  return (
    <div className="schedule-runs">
      <p className="quiet">{t('fields:schedule.next', { zone: own })}</p>
      <ol>
        {times.map((at) => (
          <li key={at}>
            <time dateTime={new Date(at).toISOString()}>{clock(at, language, own)}</time>
            <span className="quiet">{away(at - now, language)}</span>
            {differs && <span className="quiet schedule-place">{clock(at, language, place)}</span>}
          </li>
        ))}
      </ol>
      {differs && <p className="quiet">{t('fields:schedule.place', { zone: place })}</p>}
      {zone === undefined && <p className="quiet">{t('fields:schedule.noZone')}</p>}
    </div>
  );
}

/** The present, moved on each minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function clock(at: number, language: string, timeZone: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at);
}

/** `in 3 hours`. */
function away(ms: number, language: string): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE_MS));
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  if (minutes < 90) return format.format(minutes, 'minute');
  return minutes < 2880
    ? format.format(Math.round(minutes / 60), 'hour')
    : format.format(Math.round(minutes / 1440), 'day');
}
