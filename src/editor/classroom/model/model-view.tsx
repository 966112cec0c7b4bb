import { useRef } from 'react';
import { useStore } from 'zustand';
import './model.css';
import { Button } from '../../../kit/button.tsx';
import type { LogEntry } from '../../../workspace/simulation/simulation.ts';
import { useText } from '../../i18n.ts';
import { LeaveButton, ProjectorButton, TellingChoices } from '../../simulation/bar-parts.tsx';
import { FilmKeys } from '../../simulation/film-keys.tsx';
import { guide } from '../../simulation/guide.ts';
import { Blank, ProjectorCounter, useProjector } from '../../simulation/projector.tsx';
import { clock } from '../../simulation/steps.ts';
import { useSimulationKeys } from '../../simulation/use-simulation-keys.ts';
import { PresentingTools } from '../../presenting/presenting-tools.tsx';
import { StageFrame } from '../../presenting/stage-frame.tsx';
import { useLesson } from '../lesson-state.ts';
import type { LessonState } from '../lesson-state.ts';
import { moveLesson, showPlace } from '../move-lesson.ts';
import { useSay } from '../use-say.ts';
import { BranchWords } from './branch-words.tsx';
import { ModelSide } from './model-side.tsx';
import { MessageArrow } from './message-arrow.tsx';
import { ModelPicture } from './model-picture.tsx';
import { useModelPlayer, useModelState } from './model-stage.ts';

/** A lesson that is told from a model: its picture, what is said of the step, and what may be tried. */
export function ModelView() {
  const open = useLesson((state) => state);
  return open === undefined ? null : <OpenModel open={open} />;
}

function OpenModel({ open }: { readonly open: LessonState }) {
  const t = useText();
  const say = useSay();
  const led = useStore(guide, (state) => state.guide);
  const { run, seq, branchedAt } = useModelState((state) => state);
  const projector = useProjector();
  const stage = useRef<HTMLDivElement>(null);
  const film = useFilm(open);
  useSimulationKeys({ playback: film, milestones: NO_MILESTONES });
  const step = run.entries[seq - 1];
  const { lesson } = open;
  const place = { step: placeOf(open), count: new Set(open.stops.map((stop) => stop.seq)).size };
  const parts = run.pictureAt(seq);
  const picture = `model/${branchedAt ?? ''}/${seq}`;
  return (
    <div className={`sim sim-guided model${projector ? ' sim-projector' : ''}`}>
      <section className="sim-bar" aria-label={t('simulation:bar')}>
        <LeaveButton />
        <span className="model-title">
          <b>{lesson.id}</b> {say(lesson.title)}
        </span>
        <span className="grow" />
        <TellingChoices />
        {led && <led.Tools />}
        <ProjectorButton />
      </section>
      <main className="sim-stage" aria-label={t('models:picture')}>
        <StageFrame picture={picture}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
          <div className="sim-canvas model-canvas" ref={stage} tabIndex={0}>
            <ModelPicture parts={parts} before={run.pictureAt(seq - 1)} step={step} area={stage} />
            {step && <MessageArrow key={seq} step={step} area={stage} parts={parts} />}
          </div>
        </StageFrame>
        <PresentingTools picture={picture}>{led && <led.PresentingTools />}</PresentingTools>
        {branchedAt === undefined ? led && <led.Words /> : step && <BranchWords step={step} />}
        {projector && <ProjectorCounter step={place.step} count={place.count} entry={step} />}
      </main>
      <section className="sim-keys" aria-label={t('simulation:transport')}>
        <div className="sim-transport">
          <FilmKeys playback={film} isEmpty={open.stops.length === 0} />
          <output className="sim-clock">t = {clock(step?.timeMs ?? 0)}</output>
          <span className="grow" />
          {branchedAt !== undefined && <LeaveBranch />}
          <span className="sim-count">{t('simulation:stepOf', place)}</span>
        </div>
      </section>
      <ModelSide open={open} step={step} />
      <Blank />
    </div>
  );
}

function LeaveBranch() {
  const t = useText();
  const player = useModelPlayer();
  return (
    <Button small look="primary" onPress={() => player.leaveBranch()}>
      {t('models:leaveBranch')}
    </Button>
  );
}

/** The keys of a film: in the lesson from stop to stop, in a branch from step to step. */
function useFilm({ stops }: LessonState): Parameters<typeof useSimulationKeys>[0]['playback'] {
  const player = useModelPlayer();
  const { run, branchedAt } = useModelState((state) => state);
  const inBranch = branchedAt !== undefined;
  const move = inBranch ? (by: number) => player.move(by) : moveLesson;
  return {
    isPlaying: false,
    speed: 1,
    setSpeed: () => undefined,
    pause: () => undefined,
    toggle: () => move(1),
    move,
    toFirst: () => (inBranch ? player.move(-run.entries.length) : showPlace(0)),
    toLast: () => (inBranch ? player.move(run.entries.length) : showPlace(stops.length - 1)),
  };
}

/** What has no milestones of its own. */
const NO_MILESTONES = {
  all: [],
  next: undefined,
  settled: undefined,
  toNext: () => undefined,
  toPrevious: () => undefined,
  toSettled: () => undefined,
};

function placeOf({ stops, at }: LessonState): number {
  return new Set(stops.slice(0, at + 1).map(({ seq }) => seq)).size;
}

/** An entry of a model, as the words and the arrow need it. */
export type ModelStep = Pick<LogEntry, 'seq' | 'timeMs' | 'from' | 'to' | 'class' | 'verb' | 'object'> & {
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
};
