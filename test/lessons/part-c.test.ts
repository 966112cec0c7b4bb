import { expect, it } from 'vitest';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { answerLesson } from '../../src/workspace/lessons/answer-lesson.ts';
import { checkLessons } from '../support/check-lessons.ts';
import { playLesson, readLessonObject } from '../support/play-lesson.ts';

checkLessons('c');

it('has another right answer when the design has other replicas, and the question is the same', async () => {
  const answers = [];
  for (const replicas of [3, 5]) {
    const { lesson } = readLesson(readLessonObject('c7.yaml'), { replicas });
    const { run } = await playLesson(lesson);
    const question = lesson.questions.find(({ id }) => id === 'how-many')!;
    answers.push(answerLesson(run, lesson, question, 0).right);
  }
  expect(answers).toEqual([
    { type: 'number', value: 3 },
    { type: 'number', value: 5 },
  ]);
});
