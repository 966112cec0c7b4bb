import { FlaskConical, RotateCcw, Square } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { useWorkspace } from '../workspace-context.ts';
import { guide } from './guide.ts';
import { BranchBar } from './compare/branch-bar.tsx';
import { NetworkEnd } from './network/network-end.tsx';
import { NetworkButton } from './network/network-button.tsx';
import { LeaveButton, ProjectorButton, TellingChoices } from './bar-parts.tsx';
import { later } from '../later.tsx';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { startRun } from './start-run.ts';
import { clock } from './steps.ts';

const RunPresenter = later(() => import('./run-presenter.tsx'));

/** Which run it is, what is shown of it, and what is done with all of it. */
export const SimulationBar = memo(function SimulationBar() {
  const t = useText();
  const simulation = useSimulation();
  const workspace = useWorkspace();
  const status = useSimulationState((state) => state.status);
  const current = useSimulationState(({ branches, branch }) => branches[branch]);
  const options = useSimulationState((state) => state.options);
  const led = useStore(guide, (state) => state.guide);
  return (
    <section className="sim-bar" aria-label={t('simulation:bar')}>
      <LeaveButton />
      <span className="sim-badge">
        Kubernetes 1.36 · seed {options.seed} · {t(`simulation:status.${status}`)}
        {current && ` · ${clock(current.timeMs)}`}
      </span>
      {status === 'moving' && current && current.moving.length > 0 && (
        <span className="quiet sim-moving-list" title={current.moving.join('\n')}>
          {t('simulation:stillMoving', { count: current.moving.length })}
        </span>
      )}
      {status === 'running' && (
        <IconButton small label={t('simulation:stop')} icon={<Square size={14} />} onPress={() => simulation.stop()} />
      )}
      <RunNetworkButton />
      <span className="grow" />
      <BranchBar />
      <TellingChoices />
      <Button small disabled={status === 'running'} onPress={() => simulation.wait(60_000)}>
        {t('simulation:minuteMore')}
      </Button>
      {led ? <led.Tools /> : <RunPresenter />}
      <IconButton
        label={t('experiment:title')}
        icon={<FlaskConical size={16} />}
        onPress={() => openDialog({ type: 'experiment' })}
      />
      <ProjectorButton />
      <IconButton
        className="sim-reset"
        label={t('simulation:reset')}
        icon={<RotateCcw size={16} />}
        onPress={() => startRun(workspace, simulation, options)}
      />
    </section>
  );
});

/** What the network of the run is like, and what that of another is to be. A lesson says itself what its run has. */
function RunNetworkButton() {
  const options = useSimulationState((state) => state.options);
  const isLed = useStore(guide, (state) => state.guide !== undefined);
  if (isLed) return null;
  const running = options.network ?? {};
  return (
    <NetworkButton running={running}>
      {(chosen, close) => <NetworkEnd chosen={chosen} running={running} onBegun={close} />}
    </NetworkButton>
  );
}
