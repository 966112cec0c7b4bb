import { memo, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import './simulation.css';
import './ledgers.css';
import './projector.css';
import './run-pictures.css';
import { Button } from '../../kit/button.tsx';
import type { BranchState, LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { Inspector } from '../inspector/inspector.tsx';
import { page } from '../page-state.ts';
import { settings } from '../settings.ts';
import { useWorkspaceState } from '../workspace-context.ts';
import { EnvelopeInspector } from './envelope-inspector.tsx';
import { guide, useGuide, usePlaybackOf } from './guide.ts';
import { Ledgers } from './ledgers.tsx';
import { SimulationBar } from './simulation-bar.tsx';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { usePane } from './pane-state.ts';
import type { Stage } from './pane-state.ts';
import { Blank, useProjector } from './projector.tsx';
import { RunMain } from './run-main.tsx';
import { runSide } from './run-side.ts';
import { stepsAt } from './steps.ts';
import { Transport } from './transport.tsx';
import { useCardLives } from './use-card-lives.ts';
import { useLiveApply } from './use-live-apply.ts';
import { useMilestones } from './use-milestones.ts';
import { usePlayback } from './use-playback.ts';
import type { Playback } from './use-playback.ts';
import { useSimulationKeys } from './use-simulation-keys.ts';

/** A run: that of a simulated cluster, or what a lesson shows in its place. */
export default function RunView() {
  const led = useStore(guide, (state) => state.guide);
  return led?.View === undefined ? <SimulationView /> : <led.View />;
}

/** The design in a simulated cluster: message by message, forwards and back. */
function SimulationView() {
  const t = useText();
  const { detail } = useStore(settings);
  // Not all of the state: what a step carries comes by itself, and this would be drawn once more for it.
  const status = useSimulationState((state) => state.status);
  const failure = useSimulationState((state) => state.failure);
  const branches = useSimulationState((state) => state.branches);
  const index = useSimulationState((state) => state.branch);
  const branch = branches[index];
  const { entries, length } = branch ?? NO_BRANCH;
  const led = useGuide(index);
  // The list of a branch grows in place: its length says that it did.
  const steps = useMemo(
    () => (branch === undefined ? [] : (led?.stepsOf(branch) ?? stepsAt(branch, detail))),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [entries, length, detail, index, led],
  );
  const playback = usePlaybackOf(led, usePlayback(steps));
  const stage = usePane((state) => state.stage);
  const projector = useProjector();
  const Side = useStore(runSide, (state) => (led === undefined ? state.Side : undefined));
  useFirstStep(steps[0]?.seq);
  useLiveApply();
  if (status === 'failed')
    return (
      <div className="sim sim-message-only">
        <p className="tone-bad">{t('simulation:failed', { message: failure ?? '' })}</p>
        <Button onPress={() => page.setState({ mode: 'design' })}>{t('simulation:leave')}</Button>
      </div>
    );
  return (
    <div
      className={`sim${projector ? ' sim-projector' : ''}${led === undefined ? '' : ' sim-guided'}${Side === undefined ? '' : ' sim-with-side'}`}
    >
      <SimulationBar />
      <RunMain
        steps={steps}
        milestones={led === undefined ? (branch?.milestones ?? NO_MILESTONES) : NO_MILESTONES}
        led={led}
        dwellMs={playback.isPlaying ? 1000 / playback.speed : undefined}
      />
      <CardLives branch={branch} />
      <section className="sim-keys" aria-label={t('simulation:transport')}>
        <Film steps={steps} playback={playback} branch={led === undefined ? branch : undefined} />
      </section>
      <section className="sim-ledgers" aria-label={t('simulation:ledgers')}>
        {branch && <Ledgers steps={steps} branch={branch} />}
      </section>
      {Side === undefined ? <RunSide branch={branch} stage={stage} /> : <Side />}
      <Blank />
    </div>
  );
}

/** What the step carries; in the Application picture, the object that is chosen. */
const RunSide = memo(function RunSide({
  branch,
  stage,
}: {
  readonly branch: BranchState | undefined;
  readonly stage: Stage;
}) {
  const t = useText();
  const isChosen = useWorkspaceState(({ selection }) => selection.size > 0);
  const showsObject = stage === 'application' && isChosen;
  return (
    <aside className="sim-side" aria-label={t(showsObject ? 'shell:inspector' : 'simulation:envelope')}>
      {showsObject ? <Inspector /> : branch && <EnvelopeInspector branch={branch} />}
    </aside>
  );
});

/** The keys of the film, on the page and on the keyboard. */
function Film({
  steps,
  playback,
  branch,
}: {
  readonly steps: readonly LogEntry[];
  readonly playback: Playback;
  readonly branch: BranchState | undefined;
}) {
  const milestones = useMilestones(branch, steps[0]?.seq ?? Infinity, playback.pause);
  useSimulationKeys({ playback, milestones });
  return <Transport steps={steps} playback={playback} milestones={milestones} />;
}

/** In a component of its own: nothing else is drawn for it. */
function CardLives({ branch }: { readonly branch: BranchState | undefined }) {
  useCardLives(branch);
  return null;
}

const NO_MILESTONES: BranchState['milestones'] = [];
const NO_BRANCH = { entries: undefined, length: 0 } as const;

/** The first picture comes by itself. */
function useFirstStep(first: number | undefined): void {
  const simulation = useSimulation();
  useEffect(() => {
    if (first !== undefined && simulation.store.getState().seq === 0) simulation.goTo(first);
  }, [first, simulation]);
}
