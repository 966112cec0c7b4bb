import { ArrowLeft, GitFork, RotateCcw, Square, UploadCloud } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import './simulation.css';
import { Button, IconButton } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { isComposing } from '../../kit/composition.ts';
import { hasModifier, isTyping } from '../hotkeys.ts';
import { useText } from '../i18n.ts';
import { page } from '../page-state.ts';
import { CAPTIONS, DETAILS, changeSettings, settings } from '../settings.ts';
import type { Captions, DetailLevel } from '../settings.ts';
import { useWorkspace, useWorkspaceState } from '../workspace-context.ts';
import { CaptionBar } from './caption-bar.tsx';
import { ControlPlane } from './control-plane.tsx';
import { EnvelopeInspector } from './envelope-inspector.tsx';
import { Ledgers } from './ledgers.tsx';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { clock, indexAt, stepsAt } from './steps.ts';
import { Transport } from './transport.tsx';
import { usePlayback } from './use-playback.ts';
import type { Playback } from './use-playback.ts';

/** The design in a simulated cluster: message by message, forwards and back. */
export default function SimulationView() {
  const t = useText();
  const { detail } = useStore(settings);
  const { status, failure, branches, branch: index, seq, frame, frameSeq } = useSimulationState((state) => state);
  const branch = branches[index];
  const { entries, length } = branch ?? NO_BRANCH;
  // The list of a branch grows in place: its length says that it did.
  const steps = useMemo(
    () => (branch === undefined ? [] : stepsAt(branch, detail)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [entries, length, detail, index],
  );
  const playback = usePlayback(steps);
  const at = indexAt(steps, seq);
  const step = branch?.entries[seq - 1];
  useFirstStep(steps[0]?.seq);
  useSimulationKeys(playback);
  if (status === 'failed')
    return (
      <div className="sim sim-message-only">
        <p className="tone-bad">{t('simulation:failed', { message: failure ?? '' })}</p>
        <Button onPress={() => page.setState({ mode: 'design' })}>{t('simulation:leave')}</Button>
      </div>
    );
  return (
    <div className="sim">
      <SimulationBar />
      <main className="sim-stage" aria-label={t('simulation:controlPlaneView')} aria-busy={frameSeq !== seq}>
        {frame ? (
          <ControlPlane frame={frame} step={step} dwellMs={playback.isPlaying ? 1000 / playback.speed : undefined} />
        ) : (
          <p className="dock-empty">{t('simulation:starting')}</p>
        )}
        <CaptionBar step={step} number={at + 1} />
      </main>
      <section className="sim-keys" aria-label={t('simulation:transport')}>
        <Transport steps={steps} playback={playback} />
      </section>
      <section className="sim-ledgers" aria-label={t('simulation:ledgers')}>
        {branch && <Ledgers steps={steps} branch={branch} />}
      </section>
      <aside className="sim-side" aria-label={t('simulation:envelope')}>
        {branch && <EnvelopeInspector branch={branch} />}
      </aside>
    </div>
  );
}

const NO_BRANCH = { entries: undefined, length: 0 } as const;

/** The first picture comes by itself. */
function useFirstStep(first: number | undefined): void {
  const simulation = useSimulation();
  useEffect(() => {
    if (first !== undefined && simulation.store.getState().seq === 0) simulation.goTo(first);
  }, [first, simulation]);
}

function SimulationBar() {
  const t = useText();
  const simulation = useSimulation();
  const workspace = useWorkspace();
  const { detail, captions } = useStore(settings);
  const { status, branches, branch, options } = useSimulationState((state) => state);
  const design = useWorkspaceState((state) => state.design);
  const started = usePageStarted();
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
      {started !== undefined && started !== design && (
        <Button
          small
          look="primary"
          onPress={() => {
            page.setState({ simulated: design });
            simulation.apply(files());
          }}
        >
          <UploadCloud size={14} aria-hidden />
          {t('simulation:applyChanges')}
        </Button>
      )}
      {branches.length > 1 && (
        <span className="sim-branches">
          <GitFork size={14} aria-hidden />
          <Choice
            label={t('simulation:branch')}
            labelHidden
            value={String(branch)}
            options={branches.map(({ act }, at) => ({
              id: String(at),
              label:
                at === 0
                  ? t('simulation:mainBranch')
                  : `${at}: ${act?.type === 'kubectl' ? act.line : act?.type === 'fault' ? t(`simulation:fault.${act.order.fault as 'node-failure'}`) : t('simulation:otherBranch')}`,
            }))}
            onChange={(id) => simulation.showBranch(Number(id))}
          />
        </span>
      )}
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
      <IconButton
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

function usePageStarted() {
  return useStore(page, (state) => state.simulated);
}

/** Keys of a film and of a clicker; they keep out of the way of whoever types. */
function useSimulationKeys(playback: Playback): void {
  const simulation = useSimulation();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTyping(event) || isComposing(event) || hasModifier(event) || event.altKey) return;
      const action = actionOf(event, playback, simulation);
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [playback, simulation]);
}

function actionOf(
  event: KeyboardEvent,
  playback: Playback,
  simulation: ReturnType<typeof useSimulation>,
): (() => void) | undefined {
  const target = event.target as HTMLElement | null;
  const isControl = target?.closest('[role=tab], input[type=range]');
  switch (event.key) {
    case ' ':
      return target?.closest('button, [role=tab]') ? undefined : playback.toggle;
    case 'ArrowRight':
      return isControl ? undefined : () => playback.move(1);
    case 'ArrowLeft':
      return isControl ? undefined : () => playback.move(-1);
    case 'PageDown':
      return () => playback.move(1);
    case 'PageUp':
      return () => playback.move(-1);
    case 'Home':
      return playback.toFirst;
    case 'End':
      return playback.toLast;
    case '[':
    case ']': {
      const { account } = simulation.store.getState();
      const next = event.key === '[' ? account?.because[0] : account?.leadsTo[0];
      return next === undefined ? undefined : () => simulation.goTo(next);
    }
    default:
      return undefined;
  }
}
