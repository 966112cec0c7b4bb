import type { CheckContext } from './checks/check.ts';
import { inOrder } from './checks/in-order.ts';
import { DesignChecks } from './checks/index.ts';
import { DesignLints } from './lints/find-lints.ts';
import type { LintSwitches } from './lints/switches.ts';
import type { Problem } from './problem.ts';
import { DesignView } from './view/design-view.ts';

/**
 * The problems of the newest state of a design: those of `findProblems` and `findLints`, in their order. After an edit the
 * checks and lints are asked again about what changed, and about what looked at it: a keystroke costs a record, not the
 * design.
 */
export class DesignProblems {
  private readonly checks = new DesignChecks();
  private readonly lints = new DesignLints();
  private view: DesignView | undefined;

  /** `refusals` are what the API server would say, where that is known; they come before what else is told of a record. */
  of(context: CheckContext, refusals: readonly Problem[], switches: LintSwitches): readonly Problem[] {
    const view = (this.view ??= new DesignView(context.registry));
    view.update(context);
    return inOrder(view, refusals, this.lints.of(view, switches), this.checks.of(view));
  }
}
