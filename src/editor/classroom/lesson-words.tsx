import { useStore } from 'zustand';
import './classroom.css';
import { fillText } from '../../lessons/parameters.ts';
import { Button } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { openDialog } from '../page-state.ts';
import { settings } from '../settings.ts';
import { useLesson } from './lesson-state.ts';
import { QuestionCard } from './question-card.tsx';
import { Untold } from './untold.tsx';
import { useSay } from './use-say.ts';

/** What the lesson says of the step that is shown, or asks before it goes on. */
export function LessonWords() {
  const t = useText();
  const say = useSay();
  const captions = useStore(settings, (state) => state.captions);
  const open = useLesson((state) => state);
  const stop = open?.stops[open.at];
  if (open === undefined || stop === undefined)
    return <div className="sim-caption quiet">{t('classroom:working')}</div>;
  if (stop.type === 'question') return <QuestionCard key={stop.question.id} question={stop.question} />;
  const step = open.lesson.steps.find(({ id }) => id === stop.id)!;
  const values = open.plan?.steps.find(({ id }) => id === stop.id)?.values ?? {};
  const chapter = open.lesson.chapters.find(({ id }) => id === step.chapter)!;
  const seqs = [...new Set(open.stops.map(({ seq }) => seq))];
  const place = { step: seqs.indexOf(stop.seq) + 1, count: seqs.length };
  return (
    <div className="sim-caption lesson-words" aria-live="polite">
      <p className="lesson-place">
        <b>{say(chapter.title)}</b>
        <span>{t('classroom:step', place)}</span>
        {step.correction !== undefined && <CorrectionButton id={step.correction} />}
      </p>
      {captions !== 'none' && (
        <p>
          {fillText(say(step.caption), values)} <Untold said={step.caption} />
        </p>
      )}
      {captions === 'both' && <p className="sim-other">{fillText(say(step.caption, true), values)}</p>}
    </div>
  );
}

/** What the notes say of this step, and what is so today. */
function CorrectionButton({ id }: { readonly id: string }) {
  const t = useText();
  return (
    <Button small onPress={() => openDialog({ type: 'glossary', at: { tab: 'notes', correction: id } })}>
      {t('glossary:notes')} {id}
    </Button>
  );
}
