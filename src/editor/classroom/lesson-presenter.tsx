import { useText } from '../i18n.ts';
import { fillText } from '../../lessons/parameters.ts';
import type { Said } from '../../lessons/said.ts';
import { PresenterFrame } from '../presenting/presenter/presenter-frame.tsx';
import { PresenterPortal } from '../presenting/presenter/presenter-portal.tsx';
import { useLesson } from './lesson-state.ts';
import type { LessonState, Stop } from './lesson-state.ts';
import { rightText } from './right-text.ts';
import { useSay } from './use-say.ts';

/** The window of who presents, while it is open and a lesson is. */
export function LessonPresenter() {
  const open = useLesson((state) => state);
  return <PresenterPortal>{open !== undefined && <Panel open={open} />}</PresenterPortal>;
}

function Panel({ open }: { readonly open: LessonState }) {
  const t = useText();
  const say = useSay();
  const { lesson, stops, at } = open;
  const [now, next] = [stops[at], stops[at + 1]];
  const seqs = [...new Set(stops.map(({ seq }) => seq))];
  const asks = now?.type === 'question' && !open.shown.has(now.question.id);
  return (
    <PresenterFrame
      title={`${lesson.id} ${say(lesson.title)}`}
      step={{ number: now === undefined ? 0 : seqs.indexOf(now.seq) + 1, count: seqs.length }}
      minutes={lesson.minutes}
      goOn={t(asks ? 'presenting:reveal' : 'presenting:goOn')}
      now={
        <>
          {now !== undefined && <StopWords open={open} stop={now} />}
          {now?.type === 'question' && <Answer open={open} stop={now} />}
          <h2>{t('presenting:notes')}</h2>
          <Notes open={open} stop={now} />
        </>
      }
      next={
        <>
          {next === undefined ? <p>{t('presenting:last')}</p> : <StopWords open={open} stop={next} />}
          {next?.type === 'question' && <Answer open={open} stop={next} />}
        </>
      }
    />
  );
}

/** What is said at a stop, or asked. */
function StopWords({ open, stop }: { readonly open: LessonState; readonly stop: Stop }) {
  const t = useText();
  const say = useSay();
  const { lesson, plan } = open;
  const id = stop.type === 'step' ? stop.id : stop.question.after;
  const step = lesson.steps.find((one) => one.id === id)!;
  const values = { ...lesson.parameters, ...plan?.steps.find((one) => one.id === id)?.values };
  const chapter = lesson.chapters.find((one) => one.id === step.chapter)!;
  const words: Said = stop.type === 'step' ? step.caption : stop.question.ask;
  return (
    <>
      <p className="presenter-chapter">
        {say(chapter.title)}
        {stop.type === 'question' && ` · ${t('classroom:question')}`}
      </p>
      <p className="presenter-words">{fillText(say(words), values)}</p>
    </>
  );
}

function Notes({ open, stop }: { readonly open: LessonState; readonly stop: Stop | undefined }) {
  const t = useText();
  const say = useSay();
  const id = stop?.type === 'question' ? stop.question.after : stop?.id;
  const note = open.lesson.steps.find((one) => one.id === id)?.note;
  const values = open.plan?.steps.find((one) => one.id === id)?.values ?? {};
  return note === undefined ? (
    <p className="quiet">{t('presenting:noNotes')}</p>
  ) : (
    <p className="presenter-notes">{fillText(say(note), values)}</p>
  );
}

/** What the simulator says to a question, before the hall sees it. */
function Answer({
  open,
  stop,
}: {
  readonly open: LessonState;
  readonly stop: Extract<Stop, { readonly type: 'question' }>;
}) {
  const t = useText();
  const say = useSay();
  const { question } = stop;
  const answer = open.answers.get(question.id);
  if (answer === undefined) return <p className="quiet">{t('classroom:working')}</p>;
  if ('failure' in answer) return <p className="tone-bad">{t('classroom:failed', { reason: answer.failure })}</p>;
  return (
    <div className="presenter-answer">
      <h3>{t('presenting:answers')}</h3>
      <p>
        <b>{rightText(question, answer, say, t)}</b>
      </p>
      <p>{fillText(say(question.explain), answer.values)}</p>
      <small>{t(open.shown.has(question.id) ? 'presenting:isShown' : 'presenting:notShown')}</small>
    </div>
  );
}
