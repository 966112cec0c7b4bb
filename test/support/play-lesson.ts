import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/base/json.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { preloadStrategies } from '../../src/kinds/strategies.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import type { ManifestFiles } from '../../src/simulator/kubectl/command.ts';
import { lessonSteps } from '../../src/workspace/lessons/answer-lesson.ts';
import type { LessonSteps } from '../../src/workspace/lessons/answer-lesson.ts';
import { lessonObject, startOf } from '../../src/workspace/lessons/lesson-files.ts';
import { beginRun } from '../../src/workspace/simulation/begin-run.ts';
import { readKeptRun } from '../../src/workspace/simulation/keep/kept-run.ts';
import type { Run } from '../../src/workspace/simulation/run.ts';

const FOLDER = join(import.meta.dirname, '../../templates/lessons');

/** Files of the lessons of a part (`e`), or of all. */
export function lessonFiles(part = ''): readonly string[] {
  return readdirSync(FOLDER).filter((name) => name.startsWith(part) && name.endsWith('.yaml'));
}

export function readLessonObject(file: string): JsonObject {
  return lessonObject(file, readFileSync(join(FOLDER, file), 'utf8'));
}

/** The run of a lesson to its end, and where its steps are in it. */
export interface PlayedLesson {
  readonly run: Run;
  readonly files: ManifestFiles;
  readonly steps: LessonSteps;
}

/** The run that the page makes of a lesson, made on this thread. */
export async function runLesson(lesson: Lesson): Promise<Omit<PlayedLesson, 'steps'>> {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
  const { files, script } = startOf(lesson);
  const kept = readKeptRun(script);
  const settings = { seed: kept.script.seed ?? 1, workers: kept.script.nodes ?? 3, kept };
  const { run, designs } = beginRun(files, settings, BUILT_IN_KINDS);
  run.goOn(() => false);
  return { run, files: designs.newest.files };
}

export async function playLesson(lesson: Lesson): Promise<PlayedLesson> {
  const ran = await runLesson(lesson);
  return { ...ran, steps: lessonSteps(ran.run, lesson) };
}
