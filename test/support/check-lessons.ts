import { beforeAll, describe, expect, it } from 'vitest';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { parametersFor } from '../../src/lessons/parameters.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { resolveSteps } from '../../src/lessons/resolve-steps.ts';
import { toldSteps } from '../../src/lessons/told-steps.ts';
import { checkLesson } from '../../src/workspace/lessons/check-lesson.ts';
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

    it('has every step in its run, all that its captions name, and an answer of the simulator to each question', () => {
      expect(checkLesson(played.run, lesson, 0).problems).toEqual([]);
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
