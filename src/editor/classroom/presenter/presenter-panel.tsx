import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import './presenter.css';

import { useText } from '../../i18n.ts';
import { pane, usePane } from '../../simulation/pane-state.ts';
import { settings } from '../../settings.ts';
import { fillText } from '../../../lessons/parameters.ts';
import type { Said } from '../../../lessons/said.ts';
import { useLesson } from '../lesson-state.ts';
import type { LessonState, Stop } from '../lesson-state.ts';
import { rightText } from '../right-text.ts';
import { useSay } from '../use-say.ts';
import { pauseOrResume, resetTimer, timerText, useTimer } from './presenter-timer.ts';
import { closePresenter, namePresenter, pressInHall, usePresenterWindow } from './presenter-window.ts';

/** The window of who presents, while it is open and a lesson is. */
export function PresenterPanel() {
  const opened = usePresenterWindow();
  const open = useLesson((state) => state);
  useEffect(() => closePresenter, []);
  if (opened === undefined || open === undefined) return null;
  return createPortal(<Panel open={open} />, opened.document.body);
}

function Panel({ open }: { readonly open: LessonState }) {
  const t = useText();
  const say = useSay();
  const language = useStore(settings, (state) => state.language);
  const { lesson, stops, at } = open;
  const title = t('presenting:title', { lesson: `${lesson.id} ${say(lesson.title)}` });
  useEffect(() => namePresenter(title, language), [title, language]);
  const [now, next] = [stops[at], stops[at + 1]];
  const seqs = [...new Set(stops.map(({ seq }) => seq))];
  return (
    <main className="presenter">
      <header className="presenter-head">
        <h1>
          {lesson.id} {say(lesson.title)}
        </h1>
        <b className="presenter-step">
          {t('classroom:step', { step: now === undefined ? 0 : seqs.indexOf(now.seq) + 1, count: seqs.length })}
        </b>
        <Timer minutes={lesson.minutes} />
      </header>
      <section className="presenter-now" aria-label={t('presenting:now')}>
        <h2>{t('presenting:now')}</h2>
        {now !== undefined && <StopWords open={open} stop={now} />}
        {now?.type === 'question' && <Answer open={open} stop={now} />}
        <h2>{t('presenting:notes')}</h2>
        <Notes open={open} stop={now} />
      </section>
      <section className="presenter-next" aria-label={t('presenting:next')}>
        <h2>{t('presenting:next')}</h2>
        {next === undefined ? <p>{t('presenting:last')}</p> : <StopWords open={open} stop={next} />}
        {next?.type === 'question' && <Answer open={open} stop={next} />}
      </section>
      <Drive open={open} stop={now} />
    </main>
  );
}

function Timer({ minutes }: { readonly minutes: number }) {
  const t = useText();
  const { seconds, isPaused } = useTimer();
  return (
    <section className="presenter-timer" aria-label={t('presenting:timer')}>
      <span role="timer" className={seconds > minutes * 60 ? 'presenter-late' : ''}>
        {timerText(seconds)}
      </span>
      <small>{t('presenting:planned', { minutes })}</small>
      <Key label={t(isPaused ? 'presenting:resume' : 'presenting:pause')} onPress={pauseOrResume} />
      <Key label={t('presenting:reset')} onPress={resetTimer} />
    </section>
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

/** What the hall is led with; each button presses the key of the hall. */
function Drive({ open, stop }: { readonly open: LessonState; readonly stop: Stop | undefined }) {
  const t = useText();
  const blank = usePane((state) => state.blank);
  const { projector, spotlight } = usePane((state) => state);
  const asks = stop?.type === 'question' && !open.shown.has(stop.question.id);
  return (
    <section className="presenter-drive" aria-label={t('presenting:drive')}>
      <Key label={t('presenting:goBack')} onPress={() => pressInHall('PageUp')} />
      <Key
        look="primary"
        label={t(asks ? 'presenting:reveal' : 'presenting:goOn')}
        onPress={() => pressInHall('PageDown')}
      />
      <span className="grow" />
      {blank === undefined ? (
        <>
          <Key label={t('presenting:black')} onPress={() => pressInHall('b')} />
          <Key label={t('presenting:white')} onPress={() => pressInHall('w')} />
        </>
      ) : (
        <Key label={t('presenting:picture')} onPress={() => pane.setState({ blank: undefined })} />
      )}
      <Key label={t('rehearsal:projector')} isOn={projector} onPress={() => pressInHall('t')} />
      <Key label={t('rehearsal:spotlight')} isOn={spotlight} onPress={() => pressInHall('s')} />
      <Key label={t('presenting:zoom')} onPress={() => pressInHall('z')} />
      <Key label={t('presenting:clear')} onPress={() => pressInHall('x')} />
      <small className="quiet">{t('presenting:keys')}</small>
    </section>
  );
}

/** A plain button: what floats beside others belongs to the page's own window. */
function Key({
  label,
  look = 'plain',
  isOn,
  onPress,
}: {
  readonly label: string;
  readonly look?: 'plain' | 'primary';
  readonly isOn?: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button type="button" className={`button button-${look} presenter-key`} aria-pressed={isOn} onClick={onPress}>
      {label}
    </button>
  );
}
