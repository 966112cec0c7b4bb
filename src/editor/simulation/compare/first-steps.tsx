import type { BranchState } from '../../../workspace/simulation/simulation.ts';
import { useText } from '../../i18n.ts';
import { captionText } from '../caption-text.ts';
import { useSimulation } from '../simulation-context.ts';
import { clock } from '../steps.ts';

interface FirstStepsProps {
  /** Seq of the first step that is not the same. */
  readonly first: number;
  readonly sides: readonly { readonly name: string; readonly branch: number; readonly state: BranchState }[];
  readonly onClose: () => void;
}

/** How many steps of each side are shown, and how far they are looked for. */
const SHOWN = 6;
const LOOK_AHEAD = 4000;

/** What happened first where two branches part, side by side. */
export function FirstSteps({ first, sides, onClose }: FirstStepsProps) {
  const t = useText();
  const simulation = useSimulation();
  return (
    <section className="compare-steps" aria-label={t('rehearsal:firstDifference', { seq: first })}>
      <h3>{t('rehearsal:firstDifference', { seq: first })}</h3>
      <div>
        {sides.map(({ name, branch, state }) => (
          <div key={branch}>
            <h4>{name}</h4>
            <ol>
              {state.entries
                .slice(first - 1, first - 1 + LOOK_AHEAD)
                .filter(({ level }) => level === 0)
                .slice(0, SHOWN)
                .map((entry) => (
                  <li key={entry.seq}>
                    <button
                      type="button"
                      className="sim-link"
                      onClick={() => {
                        onClose();
                        simulation.showBranch(branch);
                        simulation.goTo(entry.seq);
                      }}
                    >
                      <span className="mono sim-seq">{clock(entry.timeMs)}</span>
                      {captionText(t, entry)}
                    </button>
                  </li>
                ))}
            </ol>
          </div>
        ))}
      </div>
    </section>
  );
}
