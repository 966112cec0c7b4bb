import type { CheckContext } from '../checks/check.ts';
import type { Problem } from '../problem.ts';
import { lintContextOf } from './context.ts';
import { LINTS } from './index.ts';
import { NO_SWITCHES, ignores, isSwitchedOn } from './switches.ts';
import type { LintSwitches } from './switches.ts';

/**
 * What the lints that are switched on find, in their order and then in that of records; but for objects that say by an
 * annotation that a lint is not for them. Fast enough to be asked anew after every change.
 */
export function findLints(context: CheckContext, switches: LintSwitches = NO_SWITCHES): readonly Problem[] {
  const chosen = LINTS.filter((lint) => isSwitchedOn(lint, switches));
  if (chosen.length === 0) return [];
  const lints = lintContextOf(context);
  return chosen.flatMap((lint) => {
    const problems: Problem[] = [];
    for (const { record, field, params = {}, related } of lint.find(lints)) {
      if (ignores(context.design.records.get(record)!.object, lint)) continue;
      const { id, severity } = lint;
      problems.push({ id: `lint.${id}`, severity, record, field, params, ...(related && { related }) });
    }
    return problems;
  });
}
