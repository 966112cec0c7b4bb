import type { Verdict } from '../../src/kinds/verdict.ts';
import type { Case } from './cases.ts';
import { differenceFor, isListedPinnedStored, isListedStoredDifference } from './differences.ts';
import { storedDifferences } from './stored.ts';

/** How our answer stands beside the server's. */
export interface Comparison {
  readonly case: Case;
  readonly verdict: Verdict | undefined;
  /** What is expected of 1.36; undefined where it cannot be told. */
  readonly accepted: boolean | undefined;
  readonly isListed: boolean;
  /** We have no schema: the kind came from a definition that is not among the cases. */
  readonly isUnknown: boolean;
  readonly sameVerdict: boolean;
  /** Undefined where one side accepts, or where the server names no cause. */
  readonly sameFirst: boolean | undefined;
  readonly sameWords: boolean | undefined;
  /** All causes, in order, word for word; undefined where one side accepts, or the server is of another release. */
  readonly sameCauses: boolean | undefined;
  /** Undefined where the server's warnings were not recorded, or the verdicts differ. */
  readonly sameWarnings: boolean | undefined;
  /** Undefined where nothing was stored, or in another version. */
  readonly stored: readonly string[] | undefined;
  readonly crash: string | undefined;
}

/** 1.20 printed bad values as Go does; 1.36 prints JSON. */
const GO_SYNTAX = /\b\w+\.[A-Z]\w*\{|map\[string\]|\[\]\w+\{|<nil>/;

export function compareAnswer(one: Case, judge: () => Verdict): Comparison {
  let verdict: Verdict | undefined;
  let crash: string | undefined;
  try {
    verdict = judge();
  } catch (error) {
    crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const words = verdict === undefined ? '' : `${verdict.code} ${verdict.message}`;
  const difference = differenceFor(one, words);
  const isTold = difference === undefined || difference.answer !== undefined;
  const isUnknown = verdict?.valid === null;
  const accepted =
    !isTold || isUnknown
      ? undefined
      : difference?.answer === undefined
        ? one.answer.accepted
        : difference.answer === 'accepted';
  const sameVerdict = accepted === undefined || verdict?.valid === accepted;
  const wanted = wantedFirst(one, difference?.answer);
  const first = verdict?.errors[0];
  const comparable = accepted === false && verdict?.valid === false;
  const sameCode = one.isPinned !== true || verdict?.code === one.answer.code;
  const sameFirst =
    !comparable || wanted === undefined
      ? undefined
      : sameCode && first?.field === wanted[0] && first.reason === wanted[1];
  const isExact = one.isPinned === true && comparable && difference === undefined;
  return {
    case: one,
    verdict,
    accepted,
    isListed: difference !== undefined,
    isUnknown,
    sameVerdict,
    sameFirst,
    sameWords: isExact ? sameExactWords(one, verdict) : sameFirst === true ? sameFirstWords(one, verdict) : undefined,
    sameCauses: isExact ? sameAllCauses(one, verdict) : undefined,
    sameWarnings:
      one.answer.warnings === undefined || accepted === undefined || !sameVerdict
        ? undefined
        : JSON.stringify(verdict?.warnings) === JSON.stringify(one.answer.warnings),
    stored: storedLines(one, verdict),
    crash,
  };
}

function sameFirstWords({ answer }: Case, verdict: Verdict | undefined): boolean | undefined {
  const [cause] = answer.causes;
  if (cause === undefined || GO_SYNTAX.test(cause.message)) return undefined;
  return verdict?.errors[0]?.message === cause.message;
}

/** Of a refusal without causes, which is one that cannot be decoded, the whole sentence counts. */
function sameExactWords({ answer }: Case, verdict: Verdict | undefined): boolean {
  const [cause] = answer.causes;
  return cause === undefined
    ? verdict?.code === answer.code && verdict.message === answer.message
    : sameText(verdict?.errors[0]?.message, cause.message);
}

/** The server makes up the uid of a new object, and repeats it in what it says. */
const UID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function sameText(ours: string | undefined, theirs: string): boolean {
  return ours?.replaceAll(UID, 'uid') === theirs.replaceAll(UID, 'uid');
}

function sameAllCauses(one: Case, verdict: Verdict | undefined): boolean {
  const { causes, code } = one.answer;
  if (causes.length === 0) return sameExactWords(one, verdict);
  return (
    verdict?.code === code &&
    verdict.errors.length === causes.length &&
    causes.every(({ field, reason, message }, index) => {
      const error = verdict.errors[index]!;
      return error.field === field && error.reason === reason && sameText(error.message, message);
    })
  );
}

function wantedFirst(
  one: Case,
  listed: 'accepted' | readonly [string, string] | undefined,
): readonly [string, string] | undefined {
  if (listed !== undefined) return listed === 'accepted' ? undefined : listed;
  const [cause] = one.answer.causes;
  return cause === undefined ? undefined : [cause.field, cause.reason];
}

function storedLines(one: Case, verdict: Verdict | undefined): readonly string[] | undefined {
  const theirs = one.answer.stored;
  const ours = verdict?.stored;
  if (theirs === undefined || ours === undefined || theirs['apiVersion'] !== ours.apiVersion) return undefined;
  if (one.isPinned === true)
    return storedDifferences(ours, theirs, 'exact').filter((line) => !isListedPinnedStored(ours.kind, line));
  return storedDifferences(ours, theirs).filter((line) => !isListedStoredDifference(ours.kind, line));
}
