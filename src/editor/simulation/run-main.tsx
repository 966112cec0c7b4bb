import { memo } from 'react';
import type { ReactNode } from 'react';
import type { LogEntry, Milestone } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { PresentingTools } from '../presenting/presenting-tools.tsx';
import { StageFrame } from '../presenting/stage-frame.tsx';
import { CaptionBar } from './caption-bar.tsx';
import type { Guide } from './guide.ts';
import { usePane } from './pane-state.ts';
import { ProjectorCounter } from './projector.tsx';
import { RunStage } from './run-stage.tsx';
import { useSimulationState } from './simulation-context.ts';
import { indexAt } from './steps.ts';

interface RunMainProps {
  readonly steps: readonly LogEntry[];
  readonly milestones: readonly Milestone[];
  readonly led: Guide | undefined;
  /** Milliseconds that a step is shown; undefined while nothing moves. */
  readonly dwellMs: number | undefined;
}

/** The picture of a step and what is said of it, both of the same moment. */
export const RunMain = memo(function RunMain({ steps, milestones, led, dwellMs }: RunMainProps) {
  const t = useText();
  const moment = useSimulationState((state) => state.moment);
  const step = useSimulationState(({ branches }) => moment && branches[moment.branch]?.entries[moment.seq - 1]);
  const stage = usePane((state) => state.stage);
  const inside = usePane((state) => state.inside);
  const projector = usePane((state) => state.projector);
  const picture = `${moment?.branch ?? 0}/${moment?.seq ?? 0}/${stage}/${inside ?? ''}`;
  const number = indexAt(steps, moment?.seq ?? 0) + 1;
  return (
    <Main label={t(`rehearsal:view.${stage}`)}>
      <StageFrame picture={picture}>
        {moment ? (
          <RunStage frame={moment.frame} step={step} dwellMs={dwellMs} />
        ) : (
          <p className="dock-empty">{t('simulation:starting')}</p>
        )}
      </StageFrame>
      {(projector || led !== undefined) && (
        <PresentingTools picture={picture}>{led && <led.PresentingTools />}</PresentingTools>
      )}
      {led === undefined ? (
        <CaptionBar
          step={step}
          number={number}
          milestones={milestones.filter((milestone) => milestone.seq === moment?.seq)}
        />
      ) : (
        <led.Words />
      )}
      {projector && <ProjectorCounter step={number} count={led?.count ?? steps.length} entry={step} />}
    </Main>
  );
});

/** Says that the picture is behind what was asked for, without drawing it once more for that. */
function Main({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const isBehind = useSimulationState(({ moment, branch, seq }) => moment?.seq !== seq || moment.branch !== branch);
  return (
    <main className="sim-stage" aria-label={label} aria-busy={isBehind}>
      {children}
    </main>
  );
}
