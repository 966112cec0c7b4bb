import { useEffect } from 'react';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { usePane } from './pane-state.ts';
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

/** The number of the step, what it did last, and its time: the last row. */
export function ProjectorCounter({
  step,
  count,
  entry,
}: {
  readonly step: number;
  readonly count: number;
  /** The step of the run that is shown. */
  readonly entry: Action | undefined;
}) {
  const t = useText();
  return (
    <div className="sim-projector-counter">
      <h1>{t('rehearsal:projectorStep', { step, count })}</h1>
      <span className="sim-last-action">{entry && actionText(entry)}</span>
      <span>t = {clock(entry?.timeMs ?? 0)}</span>
    </div>
  );
}

type Action = Pick<LogEntry, 'from' | 'to' | 'verb' | 'object' | 'timeMs'>;

/** `kubelet/w1 → kube-apiserver-0 PATCH Pod/shop/web`. */
export function actionText({ from, to, verb, object }: Omit<Action, 'timeMs'>): string {
  return `${from === to ? from : `${from} → ${to}`} ${verb}${object === undefined ? '' : ` ${object}`}`;
}

/** A black or a white screen until the picture is wanted again. */
export function Blank() {
  const t = useText();
  const blank = usePane((state) => state.blank);
  return blank === undefined ? null : (
    <output className={`sim-blank sim-blank-${blank}`}>{t('rehearsal:blanked')}</output>
  );
}
