import { localTimeOf } from '../../../kinds/cronjob/local-time.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment since 1970 in milliseconds as `Mon, 02 Jan 2006 15:04:05 +0000`. Source: Go time.RFC1123Z. */
export function httpTime(timeMs: number): string {
  const { year, month, day, weekDay, hour, minute, second } = localTimeOf(timeMs, 'UTC');
  return `${DAYS[weekDay] ?? ''}, ${two(day)} ${MONTHS[month - 1] ?? ''} ${year} ${two(hour)}:${two(minute)}:${two(second)} +0000`;
}

export function two(value: number): string {
  return String(value).padStart(2, '0');
}
