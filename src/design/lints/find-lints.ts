import type { CheckContext } from '../checks/check.ts';
import type { RecordId } from '../design.ts';
import type { Problem } from '../problem.ts';
import { Answers } from '../view/answers.ts';
import { DesignView } from '../view/design-view.ts';
import { LintQuestions } from './context.ts';
import { customLints } from './custom-check.ts';
import type { CustomLint } from './custom-check.ts';
import { LINTS } from './index.ts';
import type { Lint, LintContext } from './lint.ts';
import { NO_SWITCHES, ignores, isSwitchedOn } from './switches.ts';
import type { LintSwitches } from './switches.ts';

const NOTHING: readonly Problem[] = [];

/**
 * What the lints that are switched on find in each record, but for objects that say by an annotation that a lint is not
 * for them. After a change only those are asked about that changed, or that a lint looked at others for.
 */
export class DesignLints {
  private answers = new Answers<readonly Problem[]>();
  private switches: LintSwitches | undefined;
  private chosen: readonly Lint[] = [];
  private custom: readonly CustomLint[] = [];

  /** Brings the answers up to date with the view, and gives those of one record, in the order of lints. */
  of(view: DesignView, switches: LintSwitches = NO_SWITCHES): (id: RecordId) => readonly Problem[] {
    if (this.switches !== switches) {
      this.switches = switches;
      this.chosen = LINTS.filter((lint) => isSwitchedOn(lint, switches));
      this.custom = customLints(switches.checks);
      this.answers = new Answers();
    }
    const outdated = this.answers.outdated(view);
    if (outdated.length > 0) {
      const questions = new LintQuestions(view, outdated);
      const found = new Map<RecordId, Problem[]>();
      for (const problem of findingsOf(questions, this.chosen, this.custom)) {
        const list = found.get(problem.record);
        if (list) list.push(problem);
        else found.set(problem.record, [problem]);
      }
      for (const { id } of outdated) this.answers.tell(id, found.get(id) ?? NOTHING, questions.readsOf(id));
    }
    return (id) => this.answers.of(id);
  }
}

/** What the lints that are switched on find in a whole design, in their order and then in that of records. */
export function findLints(context: CheckContext, switches: LintSwitches = NO_SWITCHES): readonly Problem[] {
  const view = new DesignView(context.registry);
  view.update(context);
  const chosen = LINTS.filter((lint) => isSwitchedOn(lint, switches));
  const questions = new LintQuestions(view, [...view.records.values()]);
  return [...findingsOf(questions, chosen, customLints(switches.checks))];
}

function* findingsOf(
  questions: LintQuestions,
  chosen: readonly Lint[],
  custom: readonly CustomLint[],
): Iterable<Problem> {
  for (const lint of chosen) yield* questions.ask((context) => problemsOf(lint, context));
  for (const lint of custom) yield* questions.ask((context) => lint.problems(context));
}

function problemsOf(lint: Lint, context: LintContext): Problem[] {
  const { id, severity } = lint;
  const problems: Problem[] = [];
  for (const { record, field, params = {}, related } of lint.find(context)) {
    const object = context.records.get(record)?.object;
    if (object === undefined || ignores(object, id, lint.group)) continue;
    problems.push({ id: `lint.${id}`, severity, record, field, params, ...(related && { related }) });
  }
  return problems;
}
