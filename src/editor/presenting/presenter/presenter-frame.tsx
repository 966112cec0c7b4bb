import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useText } from '../../i18n.ts';
import { settings } from '../../settings.ts';
import { pane, usePane } from '../../simulation/pane-state.ts';
import { pauseOrResume, resetTimer, timerText, useTimer } from './presenter-timer.ts';
import { namePresenter, pressInHall } from './presenter-window.ts';

interface PresenterFrameProps {
  /** Of the lesson, or the name of the design that runs. */
  readonly title: string;
  readonly step: { readonly number: number; readonly count: number };
  /** How long it is meant to take; undefined where nobody planned it. */
  readonly minutes?: number;
  /** What going on does. */
  readonly goOn: string;
  /** What the hall sees, with what only who presents knows of it. */
  readonly now: ReactNode;
  readonly next: ReactNode;
}

/** The window of who presents: where they are and how long it has taken, what is shown, what comes next, and the hall's keys. */
export function PresenterFrame({ title, step, minutes, goOn, now, next }: PresenterFrameProps) {
  const t = useText();
  const language = useStore(settings, (state) => state.language);
  const name = t('presenting:title', { lesson: title });
  useEffect(() => namePresenter(name, language), [name, language]);
  return (
    <main className="presenter">
      <header className="presenter-head">
        <h1>{title}</h1>
        <b className="presenter-step">{t('classroom:step', { step: step.number, count: step.count })}</b>
        <Timer minutes={minutes} />
      </header>
      <section className="presenter-now" aria-label={t('presenting:now')}>
        <h2>{t('presenting:now')}</h2>
        {now}
      </section>
      <section className="presenter-next" aria-label={t('presenting:next')}>
        <h2>{t('presenting:next')}</h2>
        {next}
      </section>
      <Drive goOn={goOn} />
    </main>
  );
}

function Timer({ minutes }: { readonly minutes: number | undefined }) {
  const t = useText();
  const { seconds, isPaused } = useTimer();
  return (
    <section className="presenter-timer" aria-label={t('presenting:timer')}>
      <span role="timer" className={minutes !== undefined && seconds > minutes * 60 ? 'presenter-late' : ''}>
        {timerText(seconds)}
      </span>
      {minutes !== undefined && <small>{t('presenting:planned', { minutes })}</small>}
      <Key label={t(isPaused ? 'presenting:resume' : 'presenting:pause')} onPress={pauseOrResume} />
      <Key label={t('presenting:reset')} onPress={resetTimer} />
    </section>
  );
}

/** What the hall is led with; each button presses the key of the hall. */
function Drive({ goOn }: { readonly goOn: string }) {
  const t = useText();
  const blank = usePane((state) => state.blank);
  const { projector, spotlight } = usePane((state) => state);
  return (
    <section className="presenter-drive" aria-label={t('presenting:drive')}>
      <Key label={t('presenting:goBack')} onPress={() => pressInHall('PageUp')} />
      <Key look="primary" label={goOn} onPress={() => pressInHall('PageDown')} />
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
