import { useText } from '../../i18n.ts';
import type { ModelStep } from './model-view.tsx';
import { useModelState } from './model-stage.ts';

/** What happens in a branch, in which something is tried that the lesson says nothing of. */
export function BranchWords({ step }: { readonly step: ModelStep }) {
  const t = useText();
  const { run, seq, branchedAt = 0 } = useModelState((state) => state);
  return (
    <div className="sim-caption lesson-words" aria-live="polite">
      <p className="lesson-place">
        <b>{t('models:tried')}</b>
        <span>{t('classroom:step', { step: seq - branchedAt, count: run.entries.length - branchedAt })}</span>
      </p>
      <p>
        {step.from === step.to ? step.from : `${step.from} → ${step.to}`}: {step.verb} {step.object ?? ''}
      </p>
    </div>
  );
}
