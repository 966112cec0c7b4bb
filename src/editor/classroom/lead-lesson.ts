import type { ComponentType } from 'react';
import type { JsonObject } from '../../base/json.ts';
import type { Detail, Lesson } from '../../lessons/lesson.ts';
import { isModelLesson } from '../../lessons/lesson.ts';
import type { Parameters } from '../../lessons/parameters.ts';
import { readLesson } from '../../lessons/read-lesson.ts';
import { toldSteps } from '../../lessons/told-steps.ts';
import { loadLesson } from '../../workspace/lessons/catalogue.ts';
import type { LessonSteps } from '../../workspace/lessons/answer-lesson.ts';
import type { BranchState, LogEntry } from '../../workspace/simulation/simulation.ts';
import { closeDialog, page } from '../page-state.ts';
import { putEverythingDown } from '../presenting/presenting-state.ts';
import { settings } from '../settings.ts';
import { guide } from '../simulation/guide.ts';
import { openLessonDesign, runEnded, startLessonRun } from './begin-lesson-run.ts';
import type { LessonParts } from './begin-lesson-run.ts';
import { changeLesson, lessonStore } from './lesson-state.ts';
import type { LessonState, Stop } from './lesson-state.ts';
import { followLesson } from './lesson-address.ts';
import { clusterPlayer } from './lesson-player.ts';
import { LessonTools } from './lesson-tools.tsx';
import { LessonWords } from './lesson-words.tsx';
import type { Mode } from './modes.ts';
import { moveLesson } from './move-lesson.ts';
import { PresenterButton } from '../presenting/presenter/presenter-button.tsx';

/** Opens a lesson of the course: its canvas is the design, its run begins, and it leads through it. */
export async function openLesson(id: string, mode: Mode, parts: LessonParts): Promise<void> {
  await openLessonObject(await loadLesson(id), mode, parts);
}

/** Opens a lesson from the object of its file. */
export async function openLessonObject(source: JsonObject, mode: Mode, parts: LessonParts): Promise<void> {
  putEverythingDown();
  // Who tests himself gets numbers of his own.
  const variant = mode === 'test' ? 1 + Math.floor(Math.random() * 1000) : undefined;
  const { lesson } = readLesson(source, variant);
  const fresh = { source, lesson, mode, variant, at: 0, given: new Map(), shown: new Set<string>() };
  if (isModelLesson(lesson)) await leadModel(fresh);
  else await leadCluster(fresh, parts);
}

/** Opens a lesson anew with other numbers. */
export async function openVariant({ source, mode }: LessonState, parameters: Parameters): Promise<void> {
  const { lesson } = readLesson(source, parameters);
  await leadModel({ source, lesson, mode, variant: undefined, at: 0, given: new Map(), shown: new Set<string>() });
}

type Fresh = Omit<LessonState, 'player' | 'plan' | 'stops' | 'answers'>;

/** A lesson about what comes before clusters is told from a model of its own; the design stays what it is. */
async function leadModel(fresh: Fresh): Promise<void> {
  const { beginModelLesson, ModelView } = await import('./model/begin-model-lesson.ts');
  const { lesson, mode } = fresh;
  const { player, plan, answers } = beginModelLesson(lesson, fresh.variant ?? 0);
  const all = stopsOf(lesson, plan, settings.getState().detail);
  const stops = mode === 'practice' ? all.filter(({ type }) => type === 'step') : all;
  closeDialog();
  lessonStore.setState({ open: { ...fresh, player, plan, stops, answers } });
  setGuide(ModelView);
  page.setState({ mode: 'simulation', welcome: false });
  if (stops[0] !== undefined) player.goTo(stops[0].seq);
}

async function leadCluster(fresh: Fresh, parts: LessonParts): Promise<void> {
  const { lesson, mode, variant } = fresh;
  const { simulation } = parts;
  closeDialog();
  await openLessonDesign(lesson, parts);
  const player = clusterPlayer(simulation);
  lessonStore.setState({ open: { ...fresh, player, plan: undefined, stops: [], answers: new Map() } });
  if (mode === 'practice') guide.setState({ guide: undefined });
  else setGuide();
  startLessonRun(lesson, parts);
  if (!(await runEnded(simulation))) return;
  const at = { branch: 0, seq: 1 };
  const plan = await simulation.ask('lessonSteps', { lesson }, at);
  if (plan === undefined || lessonStore.getState().open?.lesson !== lesson) return;
  const stops = stopsOf(lesson, plan, settings.getState().detail);
  changeLesson(() => ({ plan, stops }));
  if (mode === 'practice') return;
  setGuide();
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

function setGuide(View?: ComponentType): void {
  const { open } = lessonStore.getState();
  if (open === undefined) return;
  guide.setState({
    guide: {
      count: new Set(open.stops.map(({ seq }) => seq)).size,
      stepsOf: (branch) => shownSteps(lessonStore.getState().open, branch),
      move: moveLesson,
      asks: () => {
        const state = lessonStore.getState().open;
        return state?.stops[state.at]?.type === 'question';
      },
      Words: LessonWords,
      Tools: LessonTools,
      PresentingTools: PresenterButton,
      ...(View && { View }),
    },
  });
}

/** What lies behind an unanswered question is not to be seen. */
function shownSteps(open: LessonState | undefined, { entries }: BranchState): readonly LogEntry[] {
  const stops = open?.stops.slice(0, open.at + 1) ?? [];
  return [...new Set(stops.map(({ seq }) => seq))].flatMap((seq) => entries[seq - 1] ?? []);
}
