import { ClipboardCheck } from 'lucide-react';
import { Button } from '../../../kit/button.tsx';
import { useText } from '../../i18n.ts';
import { openDialog } from '../../page-state.ts';
import { useExam } from './exam-state.ts';
import { faultWords } from './fault-words.ts';

/** What went wrong at the moment that is shown, and how the design took it. */
export function ExamWords() {
  const t = useText();
  const open = useExam();
  if (open === undefined) return null;
  const fault = open.report?.faults[open.at];
  if (fault === undefined) return <div className="sim-caption quiet">{t('exam:working')}</div>;
  return (
    <div className="sim-caption lesson-words" aria-live="polite">
      <p className="lesson-place">
        <b>{t('exam:title')}</b>
        <span>{t('exam:faultOf', { number: open.at + 1, count: open.stops.length })}</span>
      </p>
      <p>{t(`exam:fault.${fault.id}`, { workload: open.plan.workload })}</p>
      <p className="sim-other">{faultWords(t, fault)}</p>
    </div>
  );
}

export function ExamTools() {
  const t = useText();
  const open = useExam();
  return (
    <Button small look="primary" disabled={open?.report === undefined} onPress={() => openDialog({ type: 'exam' })}>
      <ClipboardCheck size={14} aria-hidden /> {t('exam:report')}
    </Button>
  );
}

export function NoTools() {
  return null;
}
