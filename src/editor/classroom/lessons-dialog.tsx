import { BookA, BookOpenCheck, ListTodo } from 'lucide-react';
import { useEffect, useState } from 'react';
import './classroom.css';
import type { JsonObject } from '../../base/json.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { showToast } from '../../kit/toasts.ts';
import { readLesson } from '../../lessons/read-lesson.ts';
import { loadLessons } from '../../workspace/lessons/catalogue.ts';
import { useText } from '../i18n.ts';
import { closeDialog, openDialog } from '../page-state.ts';
import { useShelf } from '../shelf-context.ts';
import { useSimulation } from '../simulation/simulation-context.ts';
import { useWorkspace } from '../workspace-context.ts';
import { openLesson } from './lead-lesson.ts';
import { MODES } from './lesson-state.ts';
import { useSay } from './use-say.ts';

/** The lessons that are there; each can be attended, tried alone, or practised. */
export default function LessonsDialog() {
  const t = useText();
  const [lessons, setLessons] = useState<readonly JsonObject[]>([]);
  useEffect(() => {
    loadLessons().then(setLessons, (error: unknown) => showToast({ text: String(error), tone: 'bad' }));
  }, []);
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
      <p className="quiet">{t('classroom:note')}</p>
      <ul className="lesson-list">
        {lessons.map((source, index) => (
          <LessonRow key={index} source={source} />
        ))}
      </ul>
    </Dialog>
  );
}

function LessonRow({ source }: { readonly source: JsonObject }) {
  const t = useText();
  const say = useSay();
  const parts = { shelf: useShelf(), workspace: useWorkspace(), simulation: useSimulation() };
  const { lesson } = readLesson(source);
  const { id, title, minutes, steps, questions, goals } = lesson;
  return (
    <li className="lesson-row">
      <h3>
        {id} {say(title)}
      </h3>
      <p className="quiet">{t('classroom:about', { minutes, steps: steps.length, questions: questions.length })}</p>
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
              openLesson(source, mode, parts).catch((error: unknown) =>
                showToast({ text: String(error), tone: 'bad' }),
              );
            }}
          >
            {t(`classroom:mode.${mode}`)}
          </Button>
        ))}
      </p>
    </li>
  );
}
