import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../apimachinery/duration.ts';
import { EvaluationError } from '../evaluation-error.ts';

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/**
 * What tells how far a zone is ahead; undefined for a name that no zone has. The language is named, so that neither the
 * machine's zone nor its language counts.
 */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) formats.set(zone, makeFormat(zone));
  return formats.get(zone);
}

function makeFormat(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}

/** Names begin with a capital, which Intl does not ask for; what begins with a sign is an offset for Intl and no name. */
const NAME = /^[A-Z][A-Za-z0-9_+\-/]*$/;

/**
 * How far the clocks of a zone with a name are ahead of UTC at a moment, in nanoseconds.
 * Source: time.LoadLocation of Go, with its words for a name that no zone has; the rules of zones are those that the
 * machine knows, as they are with the server.
 */
export function zoneOffset(name: string, moment: bigint): bigint {
  if (name === '' || name === 'UTC') return 0n;
  if (name.includes('..') || name.startsWith('/') || name.startsWith('\\'))
    throw new EvaluationError('time: invalid location name');
  const format = NAME.test(name) ? formatOf(name) : undefined;
  if (format === undefined) throw new EvaluationError(`unknown time zone ${name}`);
  const milliseconds = moment / MILLISECOND - (moment % MILLISECOND < 0n ? 1n : 0n);
  const shown = format.formatToParts(Number(milliseconds)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0', seconds = '0'] =
    /^GMT([+-])(\d+):(\d+)(?::(\d+))?$/.exec(shown.replace('\u2212', '-')) ?? [];
  const offset = BigInt(hours) * HOUR + BigInt(minutes) * MINUTE + BigInt(seconds) * SECOND;
  return sign === '-' ? -offset : offset;
}
