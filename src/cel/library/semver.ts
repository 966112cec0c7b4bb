import { quoteString } from '../../apimachinery/quoted-string.ts';
import { EvaluationError, noSuchOverload } from '../evaluation-error.ts';
import type { Value } from '../value.ts';
import { special } from '../value.ts';
import type { Implementation } from './operators.ts';
import { text } from './strings.ts';

export const SEMVER = 'kubernetes.Semver';

/** Source: staging/src/k8s.io/apiserver/pkg/cel/library/semverlib.go, 1.36, and github.com/blang/semver v4.0.0. */
export class Semver {
  readonly numbers: readonly bigint[];
  private readonly pre: readonly string[];
  private readonly build: readonly string[];
  constructor(numbers: readonly bigint[], pre: readonly string[], build: readonly string[]) {
    this.numbers = numbers;
    this.pre = pre;
    this.build = build;
  }
  compareTo(other: Semver): number {
    for (const [at, number] of this.numbers.entries())
      if (number !== other.numbers[at]) return number < (other.numbers[at] ?? 0n) ? -1 : 1;
    if (this.pre.length === 0 || other.pre.length === 0)
      return Number(other.pre.length > 0) - Number(this.pre.length > 0);
    for (const [at, part] of this.pre.entries()) {
      const against = other.pre[at];
      if (against === undefined) return 1;
      const order = comparePart(part, against);
      if (order !== 0) return order;
    }
    return this.pre.length < other.pre.length ? -1 : 0;
  }
  toString(): string {
    const pre = this.pre.length === 0 ? '' : `-${this.pre.join('.')}`;
    return `${this.numbers.join('.')}${pre}${this.build.length === 0 ? '' : `+${this.build.join('.')}`}`;
  }
}

const isDigits = (part: string): boolean => /^\d*$/.test(part);

function comparePart(a: string, b: string): number {
  const [isNumberA, isNumberB] = [isDigits(a), isDigits(b)];
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  if (a === b) return 0;
  const isLess = isNumberA ? BigInt(a) < BigInt(b) : a < b;
  return isLess ? -1 : 1;
}

/** The version, or why the text is none. */
export function readSemver(written: string): Semver | string {
  if (written === '') return 'Version string empty';
  const [major, minor, rest] = splitThree(written);
  if (minor === undefined || rest === undefined) return 'No Major.Minor.Patch elements found';
  const plus = rest.indexOf('+');
  const build = plus < 0 ? [] : rest.slice(plus + 1).split('.');
  const released = plus < 0 ? rest : rest.slice(0, plus);
  const dash = released.indexOf('-');
  const pre = dash < 0 ? [] : released.slice(dash + 1).split('.');
  const numbers = [major, minor, dash < 0 ? released : released.slice(0, dash)];
  const problems = [
    ...numbers.map((number, at) => numberProblem(number, ['major', 'minor', 'patch'][at] ?? '')),
    ...pre.map(preProblem),
    ...build.map(buildProblem),
  ];
  return problems.find((problem) => problem !== undefined) ?? new Semver(numbers.map(BigInt), pre, build);
}

/** At the first two dots. */
function splitThree(written: string): readonly [string, string?, string?] {
  const [first = '', second, ...rest] = written.split('.');
  return rest.length === 0 ? [first, second] : [first, second, rest.join('.')];
}

function numberProblem(number: string, name: string): string | undefined {
  if (!isDigits(number)) return `Invalid character(s) found in ${name} number ${quoteString(number)}`;
  const capital = name.replace(/^./, (letter) => letter.toUpperCase());
  if (/^0./.test(number)) return `${capital} number must not contain leading zeroes ${quoteString(number)}`;
  return uintProblem(number);
}

function uintProblem(number: string): string | undefined {
  if (number === '') return 'strconv.ParseUint: parsing "": invalid syntax';
  return BigInt(number) < 2n ** 64n
    ? undefined
    : `strconv.ParseUint: parsing ${quoteString(number)}: value out of range`;
}

function preProblem(part: string): string | undefined {
  if (part === '') return 'Prerelease is empty';
  if (!isDigits(part))
    return /^[\dA-Za-z-]+$/.test(part) ? undefined : `Invalid character(s) found in prerelease ${quoteString(part)}`;
  if (/^0./.test(part)) return `Numeric PreRelease version must not contain leading zeroes ${quoteString(part)}`;
  return uintProblem(part);
}

function buildProblem(part: string): string | undefined {
  if (part === '') return 'Build meta data is empty';
  return /^[\dA-Za-z-]+$/.test(part) ? undefined : `Invalid character(s) found in build meta data ${quoteString(part)}`;
}

/** A leading `v`, missing parts and leading zeros are let pass. */
function readTolerant(written: string): Semver | string {
  const parts = splitThree(written.replace(/^v/, ''))
    .filter((part) => part !== undefined)
    .map((part) => (part.length > 1 ? part.replace(/^0+/, '').replace(/^(?!\d)/, '0') : part));
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? ''))
    return 'short version cannot contain PreRelease/Build meta data';
  while (parts.length < 3) parts.push('0');
  return readSemver(parts.join('.'));
}

function read([value, normalize]: readonly Value[]): Semver | string {
  return normalize === true ? readTolerant(text(value)) : readSemver(text(value));
}

function semver(args: readonly Value[]): Value {
  const value = read(args);
  if (typeof value === 'string') throw new EvaluationError(value);
  return { type: SEMVER, value };
}

export function semverIn(value: Value | undefined): Semver {
  const own = value === undefined ? undefined : special(value);
  if (own?.type !== SEMVER || !(own.value instanceof Semver)) throw noSuchOverload();
  return own.value;
}

const part =
  (at: number): Implementation =>
  ([value]) =>
    semverIn(value).numbers[at] ?? 0n;

export const SEMVERS: Readonly<Record<string, Implementation>> = {
  semver,
  isSemver: (args) => typeof read(args) !== 'string',
  major: part(0),
  minor: part(1),
  patch: part(2),
};
