import type { CheckContext } from '../design/checks/check.ts';
import type { Design } from '../design/design.ts';
import { DesignProblems } from '../design/design-problems.ts';
import { withOwnLints } from '../design/lints/own-lints.ts';
import type { LintSwitches } from '../design/lints/switches.ts';
import type { Problem } from '../design/problem.ts';
import { HostVerdicts } from './host-verdicts.ts';
import type { OpenedRecords } from './opened-records.ts';
import type { Judged } from './workspace.ts';

/** Everything that says what is wrong with a design. Loaded by the document thread once the first picture is out. */
export class HostJudges {
  private readonly found = new DesignProblems();
  private readonly verdicts: HostVerdicts;

  constructor(pause: () => Promise<void>, opened: OpenedRecords) {
    this.verdicts = new HostVerdicts(pause, opened);
  }

  /** What is wrong as far as it is known now, or soon enough, and how many objects the API server's rules were asked of. */
  known(
    context: Required<CheckContext>,
    lints: LintSwitches,
  ): { readonly problems: readonly Problem[]; readonly judged: Judged } {
    const { design, registry, release } = context;
    const { refusals, judged } = this.verdicts.known(design, registry, release);
    return { problems: this.found.of(context, refusals, withOwnLints(design, lints)), judged };
  }

  /** Judges all that is left, a slice at a time; gives up and says false where something newer came. */
  judgeRest(
    design: Design,
    judging: Pick<Required<CheckContext>, 'registry' | 'release'>,
    isCurrent: () => boolean,
    tell: (judged: Judged) => void,
  ): Promise<boolean> {
    return this.verdicts.judgeRest(design, judging, isCurrent, tell);
  }
}
