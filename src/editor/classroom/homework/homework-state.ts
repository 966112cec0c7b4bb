import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { JsonObject } from '../../../base/json.ts';
import { creditOf } from '../../../lessons/grade.ts';
import { homeworkRefusal } from '../../../lessons/homework.ts';
import type { Attempt } from '../../../lessons/homework.ts';
import type { Homework, Lesson } from '../../../lessons/lesson.ts';
import { readLesson } from '../../../lessons/read-lesson.ts';
import { showToast } from '../../../kit/toasts.ts';
import { i18n, sentence } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { closeDialog, page } from '../../page-state.ts';
import type { ExportedFile } from '../../../workspace/workspace.ts';
import { openLessonDesign, runEnded } from '../begin-lesson-run.ts';
import type { LessonParts } from '../begin-lesson-run.ts';
import { openLessonObject } from '../lead-lesson.ts';
import { lessonStore } from '../lesson-state.ts';

interface OpenHomework {
  readonly source: JsonObject;
  readonly lesson: Lesson;
  readonly homework: Homework;
  /** The best that was answered to each question in the self-test of the lesson. */
  readonly credits: ReadonlyMap<string, number>;
  /** The design that is worked on, while the self-test of the lesson is on the page. */
  readonly work: readonly ExportedFile[] | undefined;
  /** What the simulator said when it was handed in last. */
  readonly attempt: Attempt | undefined;
}

export const homeworkStore = createStore<{ readonly open: OpenHomework | undefined }>(() => ({ open: undefined }));

export function useHomework(): OpenHomework | undefined {
  return useStore(homeworkStore, ({ open }) => open);
}

/** Opens the design of a homework: what it locks stays, what it does not allow is not added. */
export async function openHomework(source: JsonObject, parts: LessonParts): Promise<void> {
  const { lesson } = readLesson(source);
  const { homework } = lesson;
  if (homework === undefined) return;
  closeDialog();
  parts.workspace.guard(undefined);
  page.setState({ mode: 'design', welcome: false });
  await openLessonDesign(lesson, parts);
  homeworkStore.setState({
    open: { source, lesson, homework, credits: new Map(), work: undefined, attempt: undefined },
  });
  parts.workspace.guard((before, after) => {
    const refusal = homeworkRefusal(homework, before, after);
    if (refusal !== undefined)
      showToast({ text: sentence(i18n.t as Text, 'refusals', refusal.refused, refusal.params), tone: 'bad' });
    return refusal;
  });
}

export function closeHomework({ workspace }: LessonParts): void {
  workspace.guard(undefined);
  homeworkStore.setState({ open: undefined });
}

/** Tries the questions of the lesson; the design that is worked on comes back when the lesson is left. */
export async function answerQuestions(parts: LessonParts): Promise<void> {
  const { open } = homeworkStore.getState();
  if (open === undefined) return;
  homeworkStore.setState({ open: { ...open, work: parts.workspace.exportFiles({ layout: 'keep' }) } });
  await openLessonObject(open.source, 'test', parts);
  const stop = lessonStore.subscribe(({ open: led }) => {
    if (led !== undefined) return;
    stop();
    const { open: now } = homeworkStore.getState();
    if (now?.work === undefined) return;
    homeworkStore.setState({ open: { ...now, work: undefined } });
    void parts.shelf.begin(parts.shelf.state.getState().name, now.work, true);
  });
}

// What is answered in the self-test of the same lesson counts.
lessonStore.subscribe(({ open: led }) => {
  const { open } = homeworkStore.getState();
  if (open === undefined || led === undefined || led.mode !== 'test' || led.lesson.id !== open.lesson.id) return;
  const credits = new Map(open.credits);
  for (const [id, given] of led.given) {
    const answer = led.answers.get(id);
    if (answer !== undefined && !('failure' in answer)) credits.set(id, creditOf(given, answer.right));
  }
  homeworkStore.setState({ open: { ...open, credits } });
});

/** Runs the design as it is through what the lesson does, and lets the simulator look at it. */
export async function handIn(student: string, parts: LessonParts): Promise<void> {
  const { open } = homeworkStore.getState();
  if (open === undefined) return;
  const decoder = new TextDecoder();
  const design = parts.workspace
    .exportFiles({ layout: 'keep' })
    .map(({ path, content }) => ({ path, text: decoder.decode(content) }));
  const checks = await markDesign(open.lesson, design, parts);
  const questions = open.homework.questions.map((id) => ({ id, credit: open.credits.get(id) ?? 0 }));
  const attempt = { student, lesson: open.source, design, questions, checks };
  homeworkStore.setState({ open: { ...open, attempt } });
}

/** What the simulator says of a design that was handed in. Throws where it cannot be run. */
export async function markDesign(
  lesson: Lesson,
  design: Attempt['design'],
  { simulation, workspace }: LessonParts,
): Promise<Attempt['checks']> {
  const encoder = new TextEncoder();
  const files = design.map(({ path, text }) => ({ path, content: encoder.encode(text) }));
  const script = JSON.stringify({ apiVersion: 'drydock.dev/v1', kind: 'Script', ...lesson.run, design });
  page.setState({ mode: 'simulation', simulated: workspace.store.getState().design, welcome: false });
  simulation.start(files, { seed: 1, workers: 3, script });
  if (!(await runEnded(simulation))) throw new Error(simulation.store.getState().failure ?? '');
  const marks = await simulation.ask('homeworkMarks', { lesson }, { branch: 0, seq: 1 });
  return (marks ?? []).map(({ id, isMet }) => ({ id, isMet }));
}
