import type { Detail, Lesson } from '../../lessons/lesson.ts';
import { readLesson } from '../../lessons/read-lesson.ts';
import { toldSteps } from '../../lessons/told-steps.ts';
import { loadLesson } from '../../workspace/lessons/catalogue.ts';
import { startOf } from '../../workspace/lessons/lesson-files.ts';
import type { LessonSteps } from '../../workspace/lessons/answer-lesson.ts';
import type { Shelf } from '../../workspace/saving/shelf.ts';
import type { BranchState, LogEntry, Simulation } from '../../workspace/simulation/simulation.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { closeDialog, page } from '../page-state.ts';
import { settings } from '../settings.ts';
import { guide } from '../simulation/guide.ts';
import { changeLesson, lessonStore } from './lesson-state.ts';
import type { LessonState, Stop } from './lesson-state.ts';
import { followLesson } from './lesson-address.ts';
import { LessonLinks } from './lesson-links.tsx';
import { LessonWords } from './lesson-words.tsx';
import type { Mode } from './modes.ts';
import { moveLesson } from './move-lesson.ts';
import { saidIn } from './use-say.ts';

interface Parts {
  readonly shelf: Shelf;
  readonly workspace: Workspace;
  readonly simulation: Simulation;
}

/** Opens a lesson: its canvas is the design, its run begins, and it leads through it. */
export async function openLesson(id: string, mode: Mode, parts: Parts): Promise<void> {
  const { shelf, workspace, simulation } = parts;
  const source = await loadLesson(id);
  // Who tests himself gets numbers of his own.
  const variant = mode === 'test' ? 1 + Math.floor(Math.random() * 1000) : undefined;
  const { lesson } = readLesson(source, variant);
  const { files, script } = startOf(lesson);
  closeDialog();
  await shelf.begin(`${lesson.id} ${saidIn(settings.getState().language, lesson.title)}`, files, false);
  await imported(workspace);
  const fresh = { plan: undefined, stops: [], at: 0, answers: new Map(), given: new Map(), shown: new Set<string>() };
  lessonStore.setState({ open: { source, lesson, mode, variant, ...fresh } });
  page.setState({ mode: 'simulation', simulated: workspace.store.getState().design, welcome: false });
  if (mode === 'practice') guide.setState({ guide: undefined });
  else setGuide(simulation);
  simulation.start(files, { seed: 1, workers: 3, script });
  await ended(simulation);
  const at = { branch: 0, seq: 1 };
  const plan = await simulation.ask('lessonSteps', { lesson }, at);
  if (plan === undefined || lessonStore.getState().open?.lesson !== lesson) return;
  const stops = stopsOf(lesson, plan, settings.getState().detail);
  changeLesson(() => ({ plan, stops }));
  if (mode === 'practice') return;
  setGuide(simulation);
  if (stops[0] !== undefined) simulation.goTo(stops[0].seq);
  for (const { id } of lesson.questions) {
    const answer = await simulation.ask('lessonAnswer', { lesson, id, variant: variant ?? 0 }, at);
    if (answer !== undefined) changeLesson(({ answers }) => ({ answers: new Map([...answers, [id, answer]]) }));
  }
}

followLesson();

/** The lesson is left with its run. */
page.subscribe(({ mode }, before) => {
  if (mode !== 'design' || before.mode !== 'simulation' || lessonStore.getState().open === undefined) return;
  lessonStore.setState({ open: undefined });
  guide.setState({ guide: undefined });
});

// Another detail has other steps; the lesson stays where it was.
settings.subscribe(({ detail }, before) => {
  if (detail === before.detail) return;
  changeLesson(({ lesson, plan, stops, at }) => {
    if (plan === undefined) return {};
    const next = stopsOf(lesson, plan, detail);
    const seq = stops[at]?.seq ?? 0;
    return {
      stops: next,
      at: Math.max(
        0,
        next.findLastIndex((stop) => stop.seq <= seq),
      ),
    };
  });
});

/** Steps of a detail and the questions after them, in the order in which they come. */
function stopsOf(lesson: Lesson, { steps }: LessonSteps, detail: Detail): readonly Stop[] {
  const told = new Set(toldSteps(lesson, detail).map(({ id }) => id));
  return steps.flatMap(({ id, seq }): Stop[] => {
    const questions = lesson.questions.filter(({ after }) => after === id);
    return [
      ...(told.has(id) ? [{ type: 'step', id, seq } as const] : []),
      ...questions.map((question) => ({ type: 'question', question, seq }) as const),
    ];
  });
}

function setGuide(simulation: Simulation): void {
  const { open } = lessonStore.getState();
  if (open === undefined) return;
  guide.setState({
    guide: {
      count: new Set(open.stops.map(({ seq }) => seq)).size,
      stepsOf: (branch) => shownSteps(lessonStore.getState().open, branch),
      move: (by) => moveLesson(by, simulation),
      Words: LessonWords,
      Tools: LessonLinks,
    },
  });
}

/** What lies behind an unanswered question is not to be seen. */
function shownSteps(open: LessonState | undefined, { entries }: BranchState): readonly LogEntry[] {
  const stops = open?.stops.slice(0, open.at + 1) ?? [];
  return [...new Set(stops.map(({ seq }) => seq))].flatMap((seq) => entries[seq - 1] ?? []);
}

function imported({ store }: Workspace): Promise<void> {
  return until(store.subscribe, () => store.getState().import.status !== 'running');
}

function ended({ store }: Simulation): Promise<void> {
  return until(store.subscribe, () => store.getState().branches[0]?.hash !== undefined);
}

function until(subscribe: (listener: () => void) => () => void, isDone: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isDone()) return resolve();
    const stop = subscribe(() => {
      if (!isDone()) return;
      stop();
      resolve();
    });
  });
}
