import { formatFieldPath } from '../../apimachinery/field-path.ts';
import type { Verdict, VerdictError } from '../../kinds/verdict.ts';
import type { CheckContext } from '../checks/check.ts';
import { applyFix } from '../commands/apply-fix.ts';
import { isRefused } from '../edit-segment.ts';
import type { Problem } from '../problem.ts';
import { judgeContextOf, verdictOf } from '../validity.ts';
import type { Fix } from './fix.ts';

/**
 * Whether a fix can be made and an API server is content with what it makes: the refusal is gone, and none is new but
 * those it only comes to once its version is served and the object decodes.
 */
export function holds(problem: Problem, fix: Fix, context: CheckContext): boolean {
  const outcome = applyFix.run(context, { record: problem.record, fix });
  if (isRefused(outcome)) return false;
  const [before, after] = [context.design, outcome.design].map((design) =>
    judgeContextOf(design, context.registry, context.release),
  );
  return fix.edits.every(({ record: id }) => {
    const [old, now] = [context.design.records.get(id), outcome.design.records.get(id)];
    if (!old || !now) return false;
    const isRight = id === problem.record && problem.id === 'object.invalid' ? problem : undefined;
    return isNoWorse(verdictOf(old, before!), verdictOf(now, after!), isRight);
  });
}

function isNoWorse(before: Verdict, after: Verdict, problem: Problem | undefined): boolean {
  if (problem && after.errors.some((error) => isCauseOf(problem, error))) return false;
  if (after.valid !== false || before.code === 400 || before.code === 404) return true;
  const known = new Set(before.errors.map(keyOf));
  return before.valid === false && after.errors.every((error) => known.has(keyOf(error)));
}

function isCauseOf({ field, params }: Problem, error: VerdictError): boolean {
  return error.reason === params['reason'] && formatFieldPath(error.path) === formatFieldPath(field);
}

function keyOf({ reason, path }: VerdictError): string {
  return `${reason} ${formatFieldPath(path)}`;
}
