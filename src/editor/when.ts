import { i18n } from './i18n.ts';
import type { Text } from './i18n.ts';

const DAY_MS = 86_400_000;

/** A moment as a person says it: the time for today, the day before that. `atMs` in milliseconds since 1970. */
export function when(atMs: number, t: Text): string {
  const now = Date.now();
  if (now - atMs < 60_000) return t('shell:justNow');
  const isToday = new Date(atMs).toDateString() === new Date(now).toDateString();
  const form: Intl.DateTimeFormatOptions =
    isToday || now - atMs < DAY_MS / 4
      ? { hour: '2-digit', minute: '2-digit' }
      : { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(i18n.language, form).format(atMs);
}
