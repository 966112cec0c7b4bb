import type { KindRegistry } from '../../kinds/registry.ts';
import type { CheckContext } from '../checks/check.ts';
import type { DesignRecord } from '../design.ts';
import type { Problem } from '../problem.ts';
import { EMPTY_GRAPH } from '../resolve-references.ts';
import { lintContextOf } from './context.ts';
import { LINTS } from './index.ts';
import type { Lint, LintContext } from './lint.ts';
import { LOOKS_AROUND } from './looks-around.ts';
import { NO_SWITCHES, ignores, isSwitchedOn } from './switches.ts';
import type { LintSwitches } from './switches.ts';

/**
 * What the lints that are switched on find, in their order and then in that of records; but for objects that say by an
 * annotation that a lint is not for them. Fast enough to be asked anew after every change: what looks at one object
 * alone is asked again only of objects that changed.
 */
export function findLints(context: CheckContext, switches: LintSwitches = NO_SWITCHES): readonly Problem[] {
  const chosen = chosenBy(switches);
  if (chosen.length === 0) return [];
  const found: Problem[][] = chosen.map(() => []);
  askAlone(context, chosen);
  for (const record of context.design.records.values())
    for (const { lint, problem } of known.get(record)!.answers) found[lint]!.push(problem);
  const lints = lintContextOf(context);
  chosen.forEach((lint, index) => {
    if (LOOKS_AROUND.has(lint.id)) found[index] = problemsOf(lint, lints);
  });
  return found.flat();
}

interface Known {
  readonly registry: KindRegistry;
  readonly chosen: readonly Lint[];
  readonly answers: readonly Answer[];
}

interface Answer {
  /** Its place among the chosen. */
  readonly lint: number;
  readonly problem: Problem;
}

/** What was found in a record by lints that look at nothing else. */
const known = new WeakMap<DesignRecord, Known>();
const NOTHING: readonly Answer[] = [];

/** Asks of records what is not known of them, all lints that look at one object alone. */
function askAlone({ design, registry }: CheckContext, chosen: readonly Lint[]): void {
  const fresh = new Map<string, DesignRecord>();
  for (const record of design.records.values()) {
    const before = known.get(record);
    if (before?.registry !== registry || before.chosen !== chosen) fresh.set(record.id, record);
  }
  if (fresh.size === 0) return;
  const answers = new Map<string, Answer[]>();
  const lints = lintContextOf({ design: { ...design, records: fresh }, graph: EMPTY_GRAPH, registry });
  chosen.forEach((lint, index) => {
    if (LOOKS_AROUND.has(lint.id)) return;
    for (const problem of problemsOf(lint, lints)) {
      const list = answers.get(problem.record);
      if (list) list.push({ lint: index, problem });
      else answers.set(problem.record, [{ lint: index, problem }]);
    }
  });
  for (const record of fresh.values())
    known.set(record, { registry, chosen, answers: answers.get(record.id) ?? NOTHING });
}

function problemsOf(lint: Lint, lints: LintContext): Problem[] {
  const { id, severity } = lint;
  const problems: Problem[] = [];
  for (const { record, field, params = {}, related } of lint.find(lints)) {
    if (ignores(lints.design.records.get(record)!.object, lint)) continue;
    problems.push({ id: `lint.${id}`, severity, record, field, params, ...(related && { related }) });
  }
  return problems;
}

const chosenLints = new WeakMap<LintSwitches, readonly Lint[]>();

function chosenBy(switches: LintSwitches): readonly Lint[] {
  const chosen = chosenLints.get(switches) ?? LINTS.filter((lint) => isSwitchedOn(lint, switches));
  chosenLints.set(switches, chosen);
  return chosen;
}
