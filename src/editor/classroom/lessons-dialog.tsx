import { BookA, BookOpenCheck, ListTodo } from 'lucide-react';
import './classroom.css';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { showToast } from '../../kit/toasts.ts';
import { LESSONS } from '../../workspace/lessons/catalogue.ts';
import type { ListedLesson } from '../../workspace/lessons/catalogue.ts';
import { useText } from '../i18n.ts';
import { closeDialog, openDialog } from '../page-state.ts';
import { useShelf } from '../shelf-context.ts';
import { useSimulation } from '../simulation/simulation-context.ts';
import { useWorkspace } from '../workspace-context.ts';
import { OwnLessons } from './authoring/own-lessons.tsx';
import { ExamCard } from './exam/exam-card.tsx';
import { openLesson } from './lead-lesson.ts';
import { MODES } from './modes.ts';
import { useSay } from './use-say.ts';

/** Parts of the course, in its order. */
const PARTS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

/** The lessons that are there, part by part; each can be attended, tried alone, or practised. */
export default function LessonsDialog() {
  const t = useText();
  const parts = PARTS.filter((part) => LESSONS.some(({ id }) => id.startsWith(part)));
  return (
    <Dialog title={t('classroom:lessons')} closeLabel={t('shell:close')} onClose={closeDialog} wide>
      <p className="lesson-buttons">
        <Button small onPress={() => openDialog({ type: 'glossary', at: { tab: 'cards' } })}>
          <BookA size={14} aria-hidden /> {t('glossary:title')}
        </Button>
        <Button small onPress={() => openDialog({ type: 'glossary', at: { tab: 'notes' } })}>
          <BookOpenCheck size={14} aria-hidden /> {t('glossary:notes')}
        </Button>
        <Button small onPress={() => openDialog({ type: 'glossary', at: { tab: 'checklist' } })}>
          <ListTodo size={14} aria-hidden /> {t('glossary:checklist')}
        </Button>
      </p>
      <OwnLessons />
      <p className="quiet">{t('classroom:note')}</p>
      {parts.map((part) => (
        <section key={part} aria-labelledby={`lessons-${part}`}>
          <h3 id={`lessons-${part}`}>
            {part} {t(`classroom:part.${part}`)}
          </h3>
          <ul className="lesson-list">
            {LESSONS.filter(({ id }) => id.startsWith(part)).map((lesson) => (
              <LessonRow key={lesson.id} lesson={lesson} />
            ))}
          </ul>
        </section>
      ))}
      <ExamCard />
    </Dialog>
  );
}

function LessonRow({ lesson }: { readonly lesson: ListedLesson }) {
  const t = useText();
  const say = useSay();
  const parts = { shelf: useShelf(), workspace: useWorkspace(), simulation: useSimulation() };
  const { id, title, minutes, steps, questions, goals } = lesson;
  return (
    <li className="lesson-row">
      <h4>
        {id} {say(title)}
      </h4>
      <p className="quiet">{t('classroom:about', { minutes, steps, questions })}</p>
      <ul>
        {goals.map((goal) => (
          <li key={goal.en}>{say(goal)}</li>
        ))}
      </ul>
      <p className="lesson-buttons">
        {MODES.map((mode) => (
          <Button
            key={mode}
            look={mode === 'lecture' ? 'primary' : 'plain'}
            onPress={() => {
              openLesson(id, mode, parts).catch((error: unknown) => showToast({ text: String(error), tone: 'bad' }));
            }}
          >
            {t(`classroom:mode.${mode}`)}
          </Button>
        ))}
      </p>
    </li>
  );
}
