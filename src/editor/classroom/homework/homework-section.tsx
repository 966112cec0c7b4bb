import { ClipboardCheck, Download, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { jsonEqual } from '../../../base/json.ts';
import { Button } from '../../../kit/button.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { attemptPoints, attemptText, readAttempt } from '../../../lessons/homework.ts';
import type { Attempt } from '../../../lessons/homework.ts';
import { readLesson } from '../../../lessons/read-lesson.ts';
import { askForFiles } from '../../ask-for-files.ts';
import { saveBlob } from '../../exporting/download.ts';
import { useText } from '../../i18n.ts';
import type { LessonParts } from '../begin-lesson-run.ts';
import { useSay } from '../use-say.ts';
import { answerQuestions, closeHomework, handIn, markDesign, useHomework } from './homework-state.ts';

interface Props {
  readonly parts: LessonParts;
  readonly tell: (error: unknown) => void;
}

/** The homework that is open: what is to be done, handing it in, and what the simulator said. */
export function HomeworkSection({ parts, tell }: Props) {
  const t = useText();
  const say = useSay();
  const open = useHomework();
  const [student, setStudent] = useState('');
  const [isMarking, setMarking] = useState(false);
  if (open === undefined) return null;
  const { lesson, homework, attempt } = open;
  const hand = (): void => {
    setMarking(true);
    handIn(student, parts)
      .catch(tell)
      .finally(() => setMarking(false));
  };
  return (
    <section className="lesson-row" aria-label={t('authoring:homework')}>
      <h4>
        {t('authoring:homework')}: {say(lesson.title)}
      </h4>
      <p>{say(homework.task)}</p>
      <CommitInput
        label={t('authoring:student')}
        value={student}
        onCommit={(name) => {
          setStudent(name);
          return undefined;
        }}
      />
      <p className="lesson-buttons">
        {homework.questions.length > 0 && (
          <Button
            onPress={() => {
              answerQuestions(parts).catch(tell);
            }}
          >
            {t('classroom:mode.test')}
          </Button>
        )}
        <Button look="primary" disabled={isMarking} onPress={hand}>
          <ClipboardCheck size={14} aria-hidden /> {t(isMarking ? 'authoring:marking' : 'authoring:handIn')}
        </Button>
        <Button look="quiet" onPress={() => closeHomework(parts)}>
          {t('authoring:closeHomework')}
        </Button>
      </p>
      {attempt !== undefined && (
        <>
          <Marks attempt={attempt} checks={attempt.checks} />
          <Button
            small
            onPress={() =>
              saveBlob(
                new Blob([attemptText(attempt)], { type: 'application/json' }),
                `${student || 'homework'}.attempt.json`,
              )
            }
          >
            <Download size={14} aria-hidden /> {t('authoring:saveAttempt')}
          </Button>
        </>
      )}
    </section>
  );
}

/** Opens what somebody handed in, and lets the simulator mark it anew: the file is not believed. */
export function OpenAttempt({ parts, tell }: Props) {
  const t = useText();
  const [found, setFound] = useState<{ readonly attempt: Attempt; readonly checks: Attempt['checks'] } | undefined>();
  const open = async (): Promise<void> => {
    const [file] = await askForFiles({ accept: '.json' });
    if (file === undefined) return;
    const attempt = readAttempt(await file.text());
    setFound({ attempt, checks: await markDesign(readLesson(attempt.lesson).lesson, attempt.design, parts) });
  };
  return (
    <>
      <Button
        small
        onPress={() => {
          open().catch(tell);
        }}
      >
        <FolderOpen size={14} aria-hidden /> {t('authoring:openAttempt')}
      </Button>
      {found !== undefined && (
        <section className="lesson-row">
          <h4>{found.attempt.student || t('authoring:noStudent')}</h4>
          <Marks {...found} />
          {!jsonEqual(found.checks, found.attempt.checks) && <p className="tone-bad">{t('authoring:otherMarks')}</p>}
        </section>
      )}
    </>
  );
}

/** What was reached of what counts. */
function Marks({ attempt, checks }: { readonly attempt: Attempt; readonly checks: Attempt['checks'] }) {
  const t = useText();
  const say = useSay();
  const { lesson } = readLesson(attempt.lesson);
  const { points, of } = attemptPoints(lesson, { ...attempt, checks });
  const wordsOf = (id: string): string => {
    const question = lesson.questions.find((one) => one.id === id);
    return question === undefined ? id : say(question.ask);
  };
  return (
    <table className="lesson-marks">
      <caption>{t('classroom:score', { points: points.toFixed(1), count: of })}</caption>
      <tbody>
        {(lesson.homework?.checks ?? []).map(({ id, title, points: worth }) => {
          const isMet = checks.some((check) => check.id === id && check.isMet);
          return (
            <tr key={id} className={isMet ? 'tone-good' : 'tone-bad'}>
              <td>{say(title)}</td>
              <td>{t(isMet ? 'authoring:met' : 'authoring:notMet')}</td>
              <td>
                {isMet ? worth : 0} / {worth}
              </td>
            </tr>
          );
        })}
        {attempt.questions.map(({ id, credit }) => (
          <tr key={id}>
            <td>{wordsOf(id)}</td>
            <td>{t('authoring:asAnswered')}</td>
            <td>{credit.toFixed(1)} / 1</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
