import { Flag } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { visibleText } from '../../kit/visible-text.ts';
import { componentName } from '../../workspace/simulation/caption.ts';
import type { BranchState, LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { PresenterButton } from '../presenting/presenter/presenter-button.tsx';
import { PresenterFrame } from '../presenting/presenter/presenter-frame.tsx';
import { PresenterPortal } from '../presenting/presenter/presenter-portal.tsx';
import { settings } from '../settings.ts';
import { useShelfState } from '../shelf-context.ts';
import { captionText } from './caption-text.ts';
import { milestoneText } from './milestone-text.ts';
import { useSimulationState } from './simulation-context.ts';
import { clock, indexAt, stepsAt, withoutDetails } from './steps.ts';

/** Steps after the next one that are named too. */
const MOST_AHEAD = 4;
/** Steps that led to the one that is shown. */
const MOST_BECAUSE = 6;

/** The window of who presents a run that is no lesson, and the button that opens it. */
export default function RunPresenter() {
  const branch = useSimulationState(({ branches, branch: shown }) => branches[shown]);
  return (
    <>
      <PresenterButton />
      <PresenterPortal>{branch && <Panel branch={branch} />}</PresenterPortal>
    </>
  );
}

function Panel({ branch }: { readonly branch: BranchState }) {
  const t = useText();
  const detail = useStore(settings, (state) => state.detail);
  const name = useShelfState((state) => state.name);
  const seq = useSimulationState(({ moment }) => moment?.seq ?? 0);
  const steps = useMemo(() => stepsAt(branch, detail), [branch, detail]);
  const at = indexAt(steps, seq);
  const [now, next, ...ahead] = steps.slice(Math.max(at, 0), at + 2 + MOST_AHEAD);
  const milestone = branch.milestones.find((one) => one.seq > seq);
  return (
    <PresenterFrame
      title={name === '' ? t('files:untitled') : visibleText(name)}
      step={{ number: at + 1, count: steps.length }}
      goOn={t('presenting:goOn')}
      now={now && <Now step={now} branch={branch} />}
      next={
        <>
          {next === undefined ? (
            <p>{t('presenting:last')}</p>
          ) : (
            <p className="presenter-words">{captionText(t, next)}</p>
          )}
          {ahead.length > 0 && (
            <ol className="presenter-ahead" start={at + 3}>
              {ahead.map((step) => (
                <li key={step.seq}>{captionText(t, step)}</li>
              ))}
            </ol>
          )}
          {milestone && (
            <>
              <h2>{t('presenting:milestone')}</h2>
              <p className="presenter-milestone">
                <Flag size={14} aria-hidden /> {milestoneText(t, milestone)}
              </p>
              <p className="quiet">
                {t('presenting:inSteps', { count: Math.max(1, indexAt(steps, milestone.seq) - at) })} ·{' '}
                {clock(milestone.timeMs)}
              </p>
            </>
          )}
        </>
      }
    />
  );
}

/** What is shown and who speaks to whom, what it has brought about, and what led to it. */
function Now({ step, branch }: { readonly step: LogEntry; readonly branch: BranchState }) {
  const t = useText();
  const account = useSimulationState(({ moment }) => moment?.account);
  const reached = branch.milestones.filter((one) => one.seq === step.seq);
  const because = withoutDetails(branch, account?.entry.seq === step.seq ? account.because : []);
  return (
    <>
      <p className="presenter-chapter">
        {componentName(step.from)}
        {step.from !== step.to && ` → ${componentName(step.to)}`} · {step.verb} · {clock(step.timeMs)}
      </p>
      <p className="presenter-words">{captionText(t, step)}</p>
      {reached.map((milestone) => (
        <p key={milestone.type + milestone.object} className="presenter-milestone">
          <Flag size={14} aria-hidden /> {milestoneText(t, milestone)}
        </p>
      ))}
      {because.length > 0 && (
        <>
          <h2>{t('simulation:because')}</h2>
          <ul className="presenter-ahead">
            {because.slice(0, MOST_BECAUSE).map((entry) => (
              <li key={entry.seq}>{captionText(t, entry)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
