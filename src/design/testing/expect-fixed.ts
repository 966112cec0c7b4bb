import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { findProblems } from '../checks/index.ts';
import { applyFix } from '../commands/apply-fix.ts';
import type { CommandContext } from '../commands/command.ts';
import type { Design } from '../design.ts';
import { isRefused } from '../edit-segment.ts';
import type { Fix } from '../fixes/fix.ts';
import { findLints } from '../lints/find-lints.ts';
import type { Problem } from '../problem.ts';
import { findRefusals, judgeContextOf, verdictOf } from '../validity.ts';
import { contextOf } from './design-of.ts';

/** What an API server and the checks have against a design whose schemas are loaded. */
export function problemsWithoutLints(context: CommandContext): readonly Problem[] {
  return findProblems(context, findRefusals(context.design, context.registry));
}

/** Every problem, all lints included. */
export function allProblems(context: CommandContext): readonly Problem[] {
  const lints = findLints(context, { on: ['all'], off: [] });
  return findProblems(context, [...findRefusals(context.design, context.registry), ...lints]);
}

const nameOf = ({ id, record, field }: Problem): string => `${id} ${record} ${formatFieldPath(field)}`;

/** Refusals before which the API server looks at nothing else: the version is not served, or the object does not decode. */
const BEFORE_ALL_ELSE: ReadonlySet<number> = new Set([400, 404]);

/**
 * What is wrong with a fix, as a sentence, or undefined. The problem must be gone, and no error may be new, but for what
 * the API server only looks at once the object is served and decodes.
 */
export function faultOfFix(
  context: CommandContext,
  problem: Problem,
  fix: Fix,
  before: readonly Problem[],
): { readonly design: Design } | string {
  const outcome = applyFix.run(context, { record: problem.record, fix });
  if (isRefused(outcome)) return `refused: ${outcome.refused} ${JSON.stringify(outcome.params)}`;
  const after = contextOf(outcome.design);
  const problems = allProblems(after);
  if (problems.some((other) => isSame(other, problem))) return `still there: ${nameOf(problem)}`;
  // An error may move to another field with the value that causes it, and one may have hidden another at its field: a
  // ConfigMap that is not there, the key that it would not have.
  const known = new Set(
    before.filter(({ severity }) => severity === 'error').flatMap((other) => [placeOf(other), wordsOf(other)]),
  );
  const revealed = new Set(
    [...context.design.records.values()]
      .filter((record) => BEFORE_ALL_ELSE.has(verdictOf(record, judgeContextOf(context.design, context.registry)).code))
      .map(({ id }) => id),
  );
  // What selected nothing had no Pods that could be wrong.
  for (const { id, record } of before) if (id === 'selector.matchesNothing') revealed.add(record);
  const fresh = problems.find(
    (other) =>
      other.severity === 'error' &&
      !known.has(placeOf(other)) &&
      !known.has(wordsOf(other)) &&
      !revealed.has(other.record),
  );
  return fresh ? `new: ${nameOf(fresh)} ${JSON.stringify(fresh.params)}` : { design: outcome.design };
}

function placeOf({ record, field }: Problem): string {
  return `${record} ${formatFieldPath(field)}`;
}

function wordsOf({ id, record, params }: Problem): string {
  return `${id} ${record} ${JSON.stringify(params)}`;
}

/** A field may be refused for several reasons: one of them may be gone, and the rest another's business. */
function isSame(a: Problem, b: Problem): boolean {
  return nameOf(a) === nameOf(b) && a.params['reason'] === b.params['reason'];
}
