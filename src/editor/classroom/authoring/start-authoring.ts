import type { JsonObject } from '../../../base/json.ts';
import { lessonObject } from '../../../workspace/lessons/lesson-files.ts';
import { askForFiles } from '../../ask-for-files.ts';
import { runSide } from '../../simulation/run-side.ts';
import type { LessonParts } from '../begin-lesson-run.ts';
import { beginLesson, openDraft } from './author-lesson.ts';
import { AuthorPane } from './author-pane.tsx';

/** Begins a lesson about the run that is shown. */
export async function startLesson(name: string, parts: LessonParts): Promise<void> {
  await beginLesson(name, parts);
  runSide.setState({ Side: AuthorPane });
}

/** Opens a lesson to write on. */
export async function editLesson(draft: JsonObject, parts: LessonParts): Promise<void> {
  await openDraft(draft, parts);
  runSide.setState({ Side: AuthorPane });
}

/** Asks for the file of a lesson and reads it; rejects, with what is wrong, where it holds none. */
export async function pickLessonFile(): Promise<JsonObject | undefined> {
  const [file] = await askForFiles({ accept: '.yaml,.yml,.json' });
  return file && lessonObject(file.name, await file.text());
}
