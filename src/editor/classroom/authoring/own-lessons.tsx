import { ClipboardCheck, FolderOpen, PenLine } from 'lucide-react';
import { useState } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { Button } from '../../../kit/button.tsx';
import { showToast } from '../../../kit/toasts.ts';
import { isModelLesson } from '../../../lessons/lesson.ts';
import { readLesson } from '../../../lessons/read-lesson.ts';
import { useText } from '../../i18n.ts';
import { useShelf } from '../../shelf-context.ts';
import { useSimulation } from '../../simulation/simulation-context.ts';
import { useWorkspace } from '../../workspace-context.ts';
import { HomeworkSection, OpenAttempt } from '../homework/homework-section.tsx';
import { openHomework } from '../homework/homework-state.ts';
import { openLessonObject } from '../lead-lesson.ts';
import { MODES } from '../modes.ts';
import { useSay } from '../use-say.ts';
import { authorStore, isGap, keptDraft } from './author-state.ts';
import { editLesson, pickLessonFile } from './start-authoring.ts';

/** Lessons of one's own: that which is being written, and those in files. */
export function OwnLessons() {
  const t = useText();
  const say = useSay();
  const parts = { shelf: useShelf(), workspace: useWorkspace(), simulation: useSimulation() };
  const [found, setFound] = useState<JsonObject | undefined>();
  const [draft] = useState(() => authorStore.getState().open?.draft ?? keptDraft());
  const tell = (error: unknown): void =>
    showToast({
      text: t('authoring:cannotOpen', { message: error instanceof Error ? error.message : String(error) }),
      tone: 'bad',
    });
  return (
    <section aria-label={t('authoring:own')}>
      <p className="lesson-buttons">
        <Button
          small
          onPress={() => {
            pickLessonFile().then((lesson) => lesson && setFound(lesson), tell);
          }}
        >
          <FolderOpen size={14} aria-hidden /> {t('authoring:openFile')}
        </Button>
        {draft !== undefined && (
          <Button
            small
            onPress={() => {
              editLesson(draft, parts).catch(tell);
            }}
          >
            <PenLine size={14} aria-hidden /> {t('authoring:goOn', { title: say(readLesson(draft).lesson.title) })}
          </Button>
        )}
        <OpenAttempt parts={parts} tell={tell} />
      </p>
      <HomeworkSection parts={parts} tell={tell} />
      {found !== undefined && <FoundLesson source={found} parts={parts} tell={tell} />}
    </section>
  );
}

interface FoundProps {
  readonly source: JsonObject;
  readonly parts: Parameters<typeof editLesson>[1];
  readonly tell: (error: unknown) => void;
}

/** A lesson from a file: attended, tried, practised, or written on. */
function FoundLesson({ source, parts, tell }: FoundProps) {
  const t = useText();
  const say = useSay();
  const { lesson, problems } = readLesson(source);
  const wrong = problems.filter((problem) => !isGap(problem));
  return (
    <div className="lesson-row">
      <h4>
        {lesson.id} {say(lesson.title)}
      </h4>
      <p className="quiet">
        {t('authoring:opened')} ·{' '}
        {t('classroom:about', {
          minutes: lesson.minutes,
          steps: lesson.steps.length,
          questions: lesson.questions.length,
        })}
      </p>
      {wrong.length > 0 && <p className="tone-bad">{t('authoring:problems', { count: wrong.length })}</p>}
      <p className="lesson-buttons">
        {MODES.map((mode) => (
          <Button
            key={mode}
            look={mode === 'lecture' ? 'primary' : 'plain'}
            disabled={wrong.length > 0}
            onPress={() => {
              openLessonObject(source, mode, parts).catch(tell);
            }}
          >
            {t(`classroom:mode.${mode}`)}
          </Button>
        ))}
        {lesson.homework !== undefined && (
          <Button
            disabled={wrong.length > 0}
            onPress={() => {
              openHomework(source, parts).catch(tell);
            }}
          >
            <ClipboardCheck size={14} aria-hidden /> {t('authoring:doHomework')}
          </Button>
        )}
        {!isModelLesson(lesson) && (
          <Button
            onPress={() => {
              editLesson(source, parts).catch(tell);
            }}
          >
            <PenLine size={14} aria-hidden /> {t('authoring:edit')}
          </Button>
        )}
      </p>
    </div>
  );
}
