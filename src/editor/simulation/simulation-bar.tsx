import { ArrowLeft, FlaskConical, Presentation, RotateCcw, Square } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { useText } from '../i18n.ts';
import { openDialog, page } from '../page-state.ts';
import { CAPTIONS, DETAILS, changeSettings, settings } from '../settings.ts';
import type { Captions, DetailLevel } from '../settings.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { useGuide } from './guide.ts';
import { BranchBar } from './compare/branch-bar.tsx';
import { pane } from './pane-state.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { clock } from './steps.ts';

/** Which run it is, what is shown of it, and what is done with all of it. */
export function SimulationBar() {
  const t = useText();
  const simulation = useSimulation();
  const workspace = useWorkspace();
  const { detail, captions } = useStore(settings);
  const { status, branches, branch, options } = useSimulationState((state) => state);
  const design = useWorkspaceState((state) => state.design);
  const led = useGuide(branch);
  const current = branches[branch];
  const files = () => workspace.exportFiles({ layout: 'keep' });
  return (
    <section className="sim-bar" aria-label={t('simulation:bar')}>
      <Button look="quiet" onPress={() => page.setState({ mode: 'design' })}>
        <ArrowLeft size={16} aria-hidden />
        {t('simulation:leave')}
      </Button>
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
      <span className="grow" />
      <BranchBar />
      <Choice
        label={t('simulation:detail')}
        labelHidden
        value={detail}
        options={DETAILS.map((id) => ({ id, label: t(`simulation:detail.${id}`) }))}
        onChange={(id) => changeSettings({ detail: id as DetailLevel })}
      />
      <Choice
        label={t('simulation:captions')}
        labelHidden
        value={captions}
        options={CAPTIONS.map((id) => ({ id, label: t(`simulation:captions.${id}`) }))}
        onChange={(id) => changeSettings({ captions: id as Captions })}
      />
      <Button small disabled={status === 'running'} onPress={() => simulation.wait(60_000)}>
        {t('simulation:minuteMore')}
      </Button>
      {led && <led.Tools />}
      <IconButton
        label={t('experiment:title')}
        icon={<FlaskConical size={16} />}
        onPress={() => openDialog({ type: 'experiment' })}
      />
      <IconButton
        label={t('rehearsal:projector')}
        hotkey="T"
        icon={<Presentation size={16} />}
        onPress={() => pane.setState({ projector: true })}
      />
      <IconButton
        className="sim-reset"
        label={t('simulation:reset')}
        icon={<RotateCcw size={16} />}
        onPress={() => {
          page.setState({ simulated: design });
          simulation.start(files(), options);
        }}
      />
    </section>
  );
}
