import { useEffect, useState } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { showToast } from '../../../kit/toasts.ts';
import type { Lesson } from '../../../lessons/lesson.ts';
import { readLesson } from '../../../lessons/read-lesson.ts';
import { loadLessons } from '../../../workspace/lessons/catalogue.ts';

export interface LessonThere {
  readonly source: JsonObject;
  readonly lesson: Lesson;
}

/** The lessons that are there, as soon as they are read. */
export function useLessonsThere(): readonly LessonThere[] {
  const [lessons, setLessons] = useState<readonly LessonThere[]>([]);
  useEffect(() => {
    loadLessons().then(
      (sources) => setLessons(sources.map((source) => ({ source, lesson: readLesson(source).lesson }))),
      (error: unknown) => showToast({ text: String(error), tone: 'bad' }),
    );
  }, []);
  return lessons;
}
