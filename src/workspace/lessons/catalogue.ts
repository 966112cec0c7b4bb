import type { JsonObject } from '../../base/json.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import index from './lesson-index.json' with { type: 'json' };
import { lessonObject } from './lesson-files.ts';

const TEXTS = import.meta.glob<string>('../../../templates/lessons/*.yaml', { query: '?raw', import: 'default' });

/** What a list says of a lesson; the lesson itself is read when it is opened. */
export interface ListedLesson extends Pick<
  Lesson,
  'id' | 'title' | 'minutes' | 'goals' | 'flows' | 'items' | 'corrections'
> {
  /** Steps that are told as a rule, and questions. */
  readonly steps: number;
  readonly questions: number;
}

/** Every lesson that is there, by id. Written from the lessons by `DRYDOCK_WRITE=1 npx vitest run test/lessons/table.test.ts`. */
export const LESSONS: readonly ListedLesson[] = index;

/** The lesson of an id, in whichever case. Throws where there is none. */
export async function loadLesson(id: string): Promise<JsonObject> {
  const path = `../../../templates/lessons/${id.toLowerCase()}.yaml`;
  const load = TEXTS[path];
  if (load === undefined) throw new Error(`no lesson ${id}`);
  return lessonObject(path, await load());
}
