import type { JsonObject } from '../../base/json.ts';
import { lessonObject } from './lesson-files.ts';

const TEXTS = import.meta.glob<string>('../../../templates/lessons/*.yaml', { query: '?raw', import: 'default' });

/** The lesson of an id, in whichever case; undefined where there is none. */
export async function loadLesson(id: string): Promise<JsonObject | undefined> {
  const path = Object.keys(TEXTS).find((one) => one.endsWith(`/${id.toLowerCase()}.yaml`));
  return path === undefined ? undefined : lessonObject(path, await TEXTS[path]!());
}

/** The lessons that are there, by id; each is read when it is asked for. */
export async function loadLessons(): Promise<readonly JsonObject[]> {
  const paths = Object.keys(TEXTS).sort();
  return Promise.all(paths.map(async (path) => lessonObject(path, await TEXTS[path]!())));
}
