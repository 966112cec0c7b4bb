import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { creditOf } from '../../lessons/grade.ts';
import { fillText } from '../../lessons/parameters.ts';
import type { Given, Question } from '../../lessons/question.ts';
import type { LessonAnswer } from '../../workspace/lessons/answer-lesson.ts';
import { useText } from '../i18n.ts';
import { clock } from '../simulation/steps.ts';
import { AnswerForm } from './answer-form.tsx';
import { changeLesson, scoreOf, useLesson } from './lesson-state.ts';
import { moveLesson, revealAnswer } from './move-lesson.ts';
import { rightText } from './right-text.ts';
import { Untold } from './untold.tsx';
import { useSay } from './use-say.ts';

/** A question before its answer is shown, and the answer when it is. */
export function QuestionCard({ question }: { readonly question: Question }) {
  const t = useText();
  const say = useSay();
  const open = useLesson((state) => state)!;
  const [given, setGiven] = useState<Given | undefined>(open.given.get(question.id));
  const answer = open.answers.get(question.id);
  const isShown = open.shown.has(question.id);
  const isTest = open.mode === 'test';
  const values = { ...open.lesson.parameters, ...open.plan?.steps.find(({ id }) => id === question.after)?.values };
  const evidence = answer === undefined || 'failure' in answer ? [] : answer.evidence;
  return (
    <section className="sim-caption lesson-question" aria-label={t('classroom:question')}>
      <p className="lesson-ask">
        {fillText(say(question.ask), values)} <Untold said={question.ask} />
      </p>
      {evidence.map(({ line, text }) => (
        <pre key={line} className="lesson-evidence">{`$ kubectl ${line}\n${text}`}</pre>
      ))}
      {answer !== undefined && !('failure' in answer) && (
        <AnswerForm
          question={question}
          among={answer.among}
          values={values}
          given={given}
          onGive={setGiven}
          isLocked={isShown}
          right={answer.right}
          countsHands={!isTest}
        />
      )}
      {answer === undefined && <p className="quiet">{t('classroom:working')}</p>}
      {answer !== undefined && 'failure' in answer && (
        <p className="tone-bad">{t('classroom:failed', { reason: answer.failure })}</p>
      )}
      {isShown && answer !== undefined && !('failure' in answer) && (
        <Feedback question={question} given={given} answer={answer} />
      )}
      <p className="lesson-buttons">
        <Button small look="quiet" onPress={() => moveLesson(-1)}>
          {t('classroom:back')}
        </Button>
        {!isShown && (
          <Button
            small
            look="primary"
            disabled={answer === undefined || (isTest && !isWhole(given))}
            onPress={() => {
              if (given !== undefined)
                changeLesson((state) => ({ given: new Map([...state.given, [question.id, given]]) }));
              revealAnswer(question.id);
            }}
          >
            {t(isTest ? 'classroom:answer' : 'classroom:reveal')}
          </Button>
        )}
        {isShown && (
          <Button small look="primary" onPress={() => moveLesson(1)}>
            {t('classroom:goOn')}
          </Button>
        )}
        {isTest && <span>{t('classroom:score', { ...scoreOf(open), points: scoreOf(open).points.toFixed(1) })}</span>}
      </p>
    </section>
  );
}

/** Both ends of an arrow are said; anything else is whole as it is given. */
function isWhole(given: Given | undefined): boolean {
  return given !== undefined && (given.type !== 'arrow' || (given.from !== '' && given.to !== ''));
}

function Feedback({
  question,
  given,
  answer,
}: {
  readonly question: Question;
  readonly given: Given | undefined;
  readonly answer: LessonAnswer;
}) {
  const t = useText();
  const say = useSay();
  const credit = given === undefined ? undefined : creditOf(given, answer.right);
  const { proof, isTried, deeds, acts } = answer;
  const player = useLesson((state) => state!.player);
  return (
    <div className="lesson-feedback" aria-live="polite">
      {credit !== undefined && (
        <p className={credit === 1 ? 'tone-good' : 'tone-bad'}>
          <b>
            {credit === 1
              ? t('classroom:right')
              : credit === 0
                ? t('classroom:wrong')
                : t('classroom:partly', { percent: Math.round(credit * 100) })}
          </b>
        </p>
      )}
      <p>{t('classroom:rightAnswer', { answer: rightText(question, answer, say, t) })}</p>
      <p>{fillText(say(question.explain), answer.values)}</p>
      {proof && (
        <p className="lesson-proof">
          {t('classroom:proof', {
            seq: proof.seq,
            time: clock(proof.timeMs),
            from: proof.from,
            to: proof.to,
            verb: proof.verb,
            object: proof.object ?? '',
          })}
          {!isTried && proof.seq <= player.seq() && (
            <Button small look="quiet" onPress={() => player.goTo(proof.seq)}>
              {t('classroom:showProof')}
            </Button>
          )}
          {isTried && deeds.length + acts.length > 0 && (
            <Button small look="quiet" onPress={() => player.letHappen(answer)}>
              {t('classroom:letHappen')}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
