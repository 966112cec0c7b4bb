import type { JsonValue } from '../../base/json.ts';
import { jsonEqual } from '../../base/json.ts';
import { COMPONENT_NAMES } from '../../lessons/component-name.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { fillText } from '../../lessons/parameters.ts';
import type { LessonProblem, LessonProblemId } from '../../lessons/problem.ts';
import type { Question } from '../../lessons/question.ts';
import type { Said } from '../../lessons/said.ts';
import { answerOrFailure, lessonSteps } from './answer-lesson.ts';
import type { LessonAnswer, LessonSteps } from './answer-lesson.ts';
import type { LessonRun } from './lesson-run.ts';
import { markHomework } from './mark-homework.ts';

/** What a lesson comes to when it is played: where its steps are, what is right, and everything that does not work. */
export interface LessonCheck {
  readonly steps: LessonSteps;
  /** By question, in the order of the lesson. */
  readonly answers: readonly (LessonAnswer | { readonly failure: string })[];
  /** Whether the design of the lesson itself meets the checks of the homework, in their order. */
  readonly met: readonly boolean[];
  readonly problems: readonly LessonProblem[];
}

/** Holds a lesson that could be read against its run. */
export function checkLesson(run: LessonRun, lesson: Lesson, variant: number): LessonCheck {
  const problems: LessonProblem[] = [];
  const note = (field: string, id: LessonProblemId, params: LessonProblem['params'] = {}): void => {
    problems.push({ field, id, params });
  };
  const steps = lessonSteps(run, lesson);
  for (const [index, { id, caption }] of lesson.steps.entries()) {
    const field = `steps[${index}]`;
    if (steps.missing.includes(id)) note(`${field}.find`, 'lesson.notInRun');
    const values = steps.steps.find((step) => step.id === id)?.values;
    if (values === undefined) continue;
    for (const name of Object.keys(lesson.steps[index]!.say)) {
      const failed = steps.failed.find((text) => text.startsWith(`${id}.${name}: `));
      if (failed !== undefined)
        note(`${field}.say.${name}`, 'lesson.noValue', { name, reason: failed.slice(`${id}.${name}: `.length) });
    }
    noteNames(caption, values, `${field}.caption`, note);
  }
  const answers = lesson.questions.map((question, index) => {
    const answer = answerOrFailure(run, lesson, question, variant);
    const field = `questions[${index}]`;
    if ('failure' in answer) note(`${field}.${answerField(question)}`, 'lesson.noAnswer', { reason: answer.failure });
    else noteAnswer(question, answer, field, run, note);
    return answer;
  });
  const marks = markHomework(run, lesson);
  for (const [index, mark] of marks.entries())
    if (mark.failure !== undefined) note(`homework.checks[${index}].met`, 'lesson.noAnswer', { reason: mark.failure });
  return { steps, answers, met: marks.map(({ isMet }) => isMet), problems };
}

type Note = (field: string, id: LessonProblemId, params?: LessonProblem['params']) => void;

/** Where a question says what is right. */
function answerField({ type }: Question): string {
  return type === 'order' ? 'items' : type === 'arrow' ? 'step' : 'answer';
}

/** What is right can be given as an answer, and what explains it names only what is known. */
function noteAnswer(
  question: Question,
  { right, among, values }: LessonAnswer,
  field: string,
  { parties }: LessonRun,
  note: Note,
): void {
  const options = question.type === 'choice' ? question.options : question.type === 'truth' ? question.reasons : [];
  const wanted = right.type === 'choice' ? right.value : right.type === 'truth' ? right.reason : undefined;
  const place = question.type === 'truth' ? `${field}.reasons` : `${field}.options`;
  if (wanted !== undefined && !options.some(({ value }) => jsonEqual(value, wanted)))
    note(place, 'lesson.notAmong', { answer: JSON.stringify(wanted) });
  if (right.type === 'object' && !(right.names.length > 0 && right.names.every((name) => among.includes(name))))
    note(`${field}.answer`, 'lesson.notAmong', { answer: right.names.join(', ') });
  const known = parties.length > 0 ? parties : COMPONENT_NAMES;
  if (right.type === 'arrow' && !(known.includes(right.from) && known.includes(right.to)))
    note(`${field}.step`, 'lesson.notAmong', { answer: `${right.from} → ${right.to}` });
  noteNames(question.explain, values, `${field}.explain`, note);
}

/** Every name in a sentence has a value that says something. */
function noteNames(said: Said, values: Readonly<Record<string, JsonValue>>, field: string, note: Note): void {
  for (const language of ['en', 'zh'] as const)
    for (const [whole, name = ''] of said[language].matchAll(/\$\{(\w+)\}/g)) {
      const filled = fillText(whole, values);
      if (filled === whole || filled === '') note(`${field}.${language}`, 'lesson.unknownName', { name });
    }
}
