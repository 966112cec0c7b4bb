import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { WRITE_LESSONS, lessonsDocument, listedLesson } from '../support/lessons-document.ts';
import { lessonFiles, readLessonObject } from '../support/play-lesson.ts';

const ROOT = join(import.meta.dirname, '../..');
const lessons = lessonFiles()
  .map((file) => readLesson(readLessonObject(file)).lesson)
  .sort((a, b) => (a.id < b.id ? -1 : 1));

it.each([
  ['docs/lessons.md', lessonsDocument(lessons)],
  ['src/workspace/lessons/lesson-index.json', `${JSON.stringify(lessons.map(listedLesson))}\n`],
])('%s says what the lessons say', (path, text) => {
  const file = join(ROOT, path);
  if (process.env['DRYDOCK_WRITE'] === '1') writeFileSync(file, text);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : '', `write it anew: ${WRITE_LESSONS}`).toBe(text);
});
