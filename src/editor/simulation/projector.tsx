import { useEffect } from 'react';
import { useText } from '../i18n.ts';
import { usePane } from './pane-state.ts';
import { useSimulationState } from './simulation-context.ts';
import { clock } from './steps.ts';

/** The whole page is the hall's while the projector is on; another page is as it was. */
export function useProjector(): boolean {
  const projector = usePane((state) => state.projector);
  useEffect(() => {
    if (!projector) return;
    document.documentElement.dataset['projector'] = '';
    return () => {
      delete document.documentElement.dataset['projector'];
    };
  }, [projector]);
  return projector;
}

/** The number of the step and its time, for the last row. */
export function ProjectorCounter({ step, count }: { readonly step: number; readonly count: number }) {
  const timeMs = useSimulationState(({ branches, branch, seq }) => branches[branch]?.entries[seq - 1]?.timeMs);
  return <Counter step={step} count={count} timeMs={timeMs ?? 0} />;
}

export function Counter({
  step,
  count,
  timeMs,
}: {
  readonly step: number;
  readonly count: number;
  readonly timeMs: number;
}) {
  const t = useText();
  return (
    <p className="sim-projector-counter">
      <b>{t('rehearsal:projectorStep', { step, count })}</b>
      <span>t = {clock(timeMs)}</span>
    </p>
  );
}

/** A black screen until it is wanted again. */
export function Blank() {
  const t = useText();
  const blank = usePane((state) => state.blank);
  return blank ? <output className="sim-blank">{t('rehearsal:blanked')}</output> : null;
}
