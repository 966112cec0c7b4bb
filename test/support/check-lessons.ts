import { beforeAll, describe, expect, it } from 'vitest';
import { COMPONENT_NAMES } from '../../src/lessons/component-name.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { parametersFor } from '../../src/lessons/parameters.ts';
import type { Question } from '../../src/lessons/question.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { resolveSteps } from '../../src/lessons/resolve-steps.ts';
import { toldSteps } from '../../src/lessons/told-steps.ts';
import { answerLesson } from '../../src/workspace/lessons/answer-lesson.ts';
import type { LessonAnswer } from '../../src/workspace/lessons/answer-lesson.ts';
import type { LessonRun } from '../../src/workspace/lessons/lesson-run.ts';
import type { PlayedLesson } from './play-lesson.ts';
import { lessonFiles, playLesson, readLessonObject, runLesson } from './play-lesson.ts';

const CJK = /\p{Script=Han}/u;

/** Holds every lesson of a part to what a lesson promises; each is played once. */
export function checkLessons(part: string): void {
  describe.each(lessonFiles(part))('the lesson in %s', (file) => {
    const object = readLessonObject(file);
    const { lesson, problems } = readLesson(object);
    let played: PlayedLesson;
    beforeAll(async () => {
      if (problems.length === 0) played = await playLesson(lesson);
    }, 60_000);

    it('can be read, in both languages', () => {
      expect(problems).toEqual([]);
      expect(file).toBe(`${lesson.id.toLowerCase()}.yaml`);
      for (const { en, zh } of saidIn(lesson)) {
        expect(zh, en).toMatch(CJK);
        expect(en).not.toMatch(CJK);
      }
    });

    it('has as many steps and questions as a lesson should have', () => {
      const count = toldSteps(lesson, 'standard').length;
      expect(count).toBeGreaterThanOrEqual(7);
      expect(count).toBeLessThanOrEqual(20);
      expect(toldSteps(lesson, 'story').length).toBeLessThanOrEqual(count);
      expect(lesson.goals.length).toBeGreaterThanOrEqual(2);
      expect(lesson.questions.length).toBeGreaterThanOrEqual(3);
      expect(lesson.faults.length).toBeGreaterThanOrEqual(1);
      expect(lesson.items.length).toBeGreaterThanOrEqual(1);
    });

    it('has every step in its run, with all that its captions name', () => {
      expect(played.steps.missing).toEqual([]);
      expect(played.steps.failed).toEqual([]);
      for (const { id, caption } of lesson.steps) {
        const { values } = played.steps.steps.find((step) => step.id === id)!;
        for (const name of namesIn(caption.en + caption.zh)) expect(values[name], `${id}.${name}`).not.toBe('');
        expect(Object.keys(values), id).toEqual(expect.arrayContaining([...namesIn(caption.en + caption.zh)]));
      }
    });

    it.each(lesson.questions)('has an answer of the simulator to $id', (question) => {
      const { run } = played;
      expectGood(question, answerLesson(run, lesson, question, 0), run);
    });

    it('has faults that can be done, one after another', () => {
      played.doFaults();
    });

    const seed = seedOfAnother(file, lesson);
    it.skipIf(seed === undefined)('has its steps in another variant', async () => {
      const other = readLesson(object, seed).lesson;
      const { run } = await runLesson(other);
      expect(resolveSteps(run.entries, other.steps).missing, JSON.stringify(other.parameters)).toEqual([]);
    });
  });
}

function expectGood(question: Question, { right, among, values }: LessonAnswer, { parties }: LessonRun): void {
  const options = question.type === 'choice' ? question.options : question.type === 'truth' ? question.reasons : [];
  const wanted = right.type === 'choice' ? right.value : right.type === 'truth' ? right.reason : undefined;
  if (options.length > 0) expect(options.map(({ value }) => value)).toContainEqual(wanted);
  if (right.type === 'object') {
    expect(right.names.length).toBeGreaterThan(0);
    expect(among).toEqual(expect.arrayContaining([...right.names]));
  }
  if (right.type === 'arrow')
    expect(parties.length > 0 ? parties : COMPONENT_NAMES).toEqual(expect.arrayContaining([right.from, right.to]));
  const { explain } = question;
  expect(Object.keys(values)).toEqual(expect.arrayContaining([...namesIn(explain.en + explain.zh)]));
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!);
}

function saidIn(lesson: Lesson): readonly Lesson['title'][] {
  const { title, goals, chapters, steps, questions, faults, simplified } = lesson;
  return [
    title,
    ...goals,
    ...chapters.map((chapter) => chapter.title),
    ...steps.flatMap(({ caption, note }) => [caption, ...(note === undefined ? [] : [note])]),
    ...questions.flatMap(({ ask, explain }) => [ask, explain]),
    ...faults.flatMap((fault) => [fault.title, fault.look]),
    ...simplified,
  ];
}

/** A seed that brings other parameters than those that are taught. */
function seedOfAnother(file: string, { parameters }: Lesson): number | undefined {
  const taught = JSON.stringify(parameters);
  const object = readLessonObject(file);
  return Array.from({ length: 40 }, (_, index) => index + 1).find(
    (seed) => JSON.stringify(parametersFor(object, seed)) !== taught,
  );
}
