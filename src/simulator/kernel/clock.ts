import { formatTime, momentOfMs, msOfMoment, parseTime } from '../../apimachinery/time.ts';

/** When every run begins: 2026-01-01T00:00:00Z. The simulation has no clock of its own machine. */
export const RUN_BEGINS_MS = 1_767_225_600_000;

/** A `metav1.Time` of a moment of the run, in milliseconds since its beginning. */
export function timeOf(nowMs: number): string {
  const second = Math.floor((RUN_BEGINS_MS + nowMs) / 1000);
  if (second !== written.second) written = { second, text: formatTime(momentOfMs(second * 1000)) };
  return written.text;
}

/** The second that was asked for last: thousands of objects are written in one, and share its text. A cache, no state of a run. */
let written = { second: NaN, text: '' };

/** A `metav1.MicroTime`, as Leases have it. */
export function microTimeOf(nowMs: number): string {
  const ofSecond = Math.trunc(RUN_BEGINS_MS + nowMs) % 1000;
  return `${timeOf(nowMs).slice(0, -1)}.${ofSecond.toString().padStart(3, '0')}000Z`;
}

/** The moment of a `metav1.Time`, in milliseconds since the beginning of the run; undefined where it is none. */
export function msOf(time: string): number | undefined {
  const moment = parseTime(time);
  return moment === undefined ? undefined : msOfMoment(moment) - RUN_BEGINS_MS;
}
