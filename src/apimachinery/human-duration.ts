/**
 * How kubectl prints ages: two or three digits that matter. Durations are whole nanoseconds.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/duration/duration.go, 1.36.
 */
import { HOUR, MILLISECOND, MINUTE, SECOND } from './duration.ts';

const DAY = 24n * HOUR;
const YEAR = 365n * DAY;

/** A moment in the future counts as now for less than two seconds, because clocks differ. */
function almostNow(nanoseconds: bigint): string | undefined {
  if (nanoseconds <= -2n * SECOND) return '<invalid>';
  return nanoseconds <= -SECOND ? '0s' : undefined;
}

/** The AGE column: `47h`, `2d1h`, `3m10s`. */
export function humanDuration(nanoseconds: bigint): string {
  const now = almostNow(nanoseconds);
  if (now) return now;
  if (nanoseconds < 2n * MINUTE) return `${nanoseconds / SECOND}s`;
  if (nanoseconds < 10n * MINUTE) return twoUnits(nanoseconds, MINUTE, 'm', SECOND, 's');
  if (nanoseconds < 3n * HOUR) return `${nanoseconds / MINUTE}m`;
  if (nanoseconds < 8n * HOUR) return twoUnits(nanoseconds, HOUR, 'h', MINUTE, 'm');
  if (nanoseconds < 2n * DAY) return `${nanoseconds / HOUR}h`;
  if (nanoseconds < 8n * DAY) return twoUnits(nanoseconds, DAY, 'd', HOUR, 'h');
  if (nanoseconds < 2n * YEAR) return `${nanoseconds / DAY}d`;
  if (nanoseconds < 8n * YEAR) return twoUnits(nanoseconds, YEAR, 'y', DAY, 'd');
  return `${nanoseconds / YEAR}y`;
}

function twoUnits(nanoseconds: bigint, large: bigint, largeName: string, small: bigint, smallName: string): string {
  const rest = (nanoseconds % large) / small;
  const whole = `${nanoseconds / large}${largeName}`;
  return rest === 0n ? whole : `${whole}${rest}${smallName}`;
}

/** The same in one unit: `47h` is `1d`. */
export function shortHumanDuration(nanoseconds: bigint): string {
  const now = almostNow(nanoseconds);
  if (now) return now;
  if (nanoseconds < MINUTE) return `${nanoseconds / SECOND}s`;
  if (nanoseconds < HOUR) return `${nanoseconds / MINUTE}m`;
  if (nanoseconds < DAY) return `${nanoseconds / HOUR}h`;
  return nanoseconds < YEAR ? `${nanoseconds / DAY}d` : `${nanoseconds / YEAR}y`;
}

/** The AGE column for a number of milliseconds. */
export function humanDurationMs(milliseconds: number): string {
  return humanDuration(BigInt(Math.trunc(milliseconds)) * MILLISECOND);
}
