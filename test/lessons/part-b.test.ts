import { expect, it } from 'vitest';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { answerLesson } from '../../src/workspace/lessons/answer-lesson.ts';
import { checkLessons } from '../support/check-lessons.ts';
import { playLesson, readLessonObject } from '../support/play-lesson.ts';

checkLessons('b');

it.each([
  // (16384 - 1024 - 256) MiB, shared out among an app and its guest system each.
  ['b1', 'capacity-vm', { app: 512, guest: 1024 }, 9],
  ['b1', 'capacity-vm', { app: 768, guest: 768 }, 9],
  ['b1', 'capacity-vm', { app: 384, guest: 768 }, 13],
  ['b3', 'travels', { jar: 2, deps: 48 }, 2],
  ['b3', 'travels', { jar: 3, deps: 48 }, 3],
])('in %s the answer to %s follows the numbers: %j', async (id, asked, parameters, expected) => {
  const { lesson } = readLesson(readLessonObject(`${id}.yaml`), parameters);
  const { run } = await playLesson(lesson);
  const question = lesson.questions.find((one) => one.id === asked)!;
  expect(answerLesson(run, lesson, question, 0).right).toEqual({ type: 'number', value: expected });
});
