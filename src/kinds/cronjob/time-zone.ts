import { TIME_ZONES_BY_AREA } from './time-zones.ts';

const KNOWN: ReadonlySet<string> = new Set(
  Object.entries(TIME_ZONES_BY_AREA).flatMap(([area, names]) =>
    names.split(' ').map((name) => (area === '' ? name : `${area}/${name}`)),
  ),
);

/** Digits and `+` are in old names. Source: pkg/apis/batch/validation/validation.go `validateTimeZone`, 1.36. */
const NAME_PART = /^[A-Za-z.\-_0-9+]{1,14}$/;

/** What is wrong with `timeZone`, in the server's words. */
export function timeZoneProblems(timeZone: string): readonly string[] {
  if (timeZone === '') return ['timeZone must be nil or non-empty string'];
  const isName = timeZone
    .split('/')
    .every((part) => part !== '.' && part !== '..' && !part.startsWith('-') && NAME_PART.test(part));
  if (!isName) return [`unknown time zone ${timeZone}`];
  const problems: string[] = [];
  if (timeZone.toLowerCase() === 'local') {
    problems.push('timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones');
  }
  const problem = locationProblem(timeZone);
  return problem === undefined ? problems : [...problems, problem];
}

/** Why Go knows no such place; undefined where it does. Upper and lower case differ. */
export function locationProblem(name: string): string | undefined {
  if (name === '' || name === 'UTC' || name === 'Local' || KNOWN.has(name)) return undefined;
  if (name.includes('..') || /^[/\\]/.test(name)) return 'time: invalid location name';
  return `unknown time zone ${name}`;
}
