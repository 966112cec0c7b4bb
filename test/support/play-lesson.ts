import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/base/json.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { preloadStrategies } from '../../src/kinds/strategies.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import type { ManifestFiles } from '../../src/simulator/kubectl/command.ts';
import { expect } from 'vitest';
import { clusterLessonRun, deedsOfActs } from '../../src/workspace/lessons/cluster-lesson-run.ts';
import type { LessonRun } from '../../src/workspace/lessons/lesson-run.ts';
import { modelLessonRun } from '../../src/workspace/lessons/model-lesson-run.ts';
import { isModelLesson } from '../../src/lessons/lesson.ts';
import { playModelOf } from '../../src/lessons/models/index.ts';
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
  readonly run: LessonRun;
  readonly steps: LessonSteps;
  /** Does all that may go wrong, one after another. Throws where something cannot be done. */
  doFaults(): void;
}

/** The run that the page makes of a lesson, made on this thread. */
export async function runLesson(lesson: Lesson): Promise<Omit<PlayedLesson, 'steps'>> {
  return isModelLesson(lesson) ? runModel(lesson) : await runCluster(lesson);
}

export async function playLesson(lesson: Lesson): Promise<PlayedLesson> {
  const ran = await runLesson(lesson);
  return { ...ran, steps: lessonSteps(ran.run, lesson) };
}

/** How long a fault is watched, in milliseconds of the run. */
const WATCHED_MS = 3000;

async function runCluster({ run: described, faults, ...rest }: Lesson): Promise<Omit<PlayedLesson, 'steps'>> {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
  const { files, script } = startOf({ run: described, faults, ...rest });
  const kept = readKeptRun(script);
  const settings = { seed: kept.script.seed ?? 1, workers: kept.script.nodes ?? 3, kept };
  const { run, designs } = beginRun(files, settings, BUILT_IN_KINDS);
  run.goOn(() => false);
  const named = designs.newest.files;
  return { run: clusterLessonRun(run, named), doFaults: () => doInCluster(run, named, faults) };
}

function doInCluster(run: Run, files: ManifestFiles, faults: Lesson['faults']): void {
  const branch = run.fork(run.length);
  const beginsMs = branch.timeMs;
  const deeds = faults.flatMap(({ acts }, index) =>
    deedsOfActs(acts).map((deed) => ({ ...deed, atMs: beginsMs + 1 + index * WATCHED_MS })),
  );
  branch.plan({ deeds, files, timesFrom: 'start', endsAtMs: beginsMs + faults.length * WATCHED_MS });
  branch.goOn(() => false);
  const printed = branch.printed.slice(run.printed.length);
  expect(printed.filter(({ exitCode }) => exitCode !== 0 && exitCode !== undefined)).toEqual([]);
  const noted = branch.entries.slice(run.length).filter((entry) => entry.class === 'fault');
  expect(noted.length).toBeGreaterThanOrEqual(deeds.filter(({ type }) => type === 'fault').length);
}

/** A fault of a model may be tried at any step at which it can be done: at one of them at least, and it changes something. */
function runModel({ run: described, faults }: Lesson): Omit<PlayedLesson, 'steps'> {
  const model = playModelOf(described);
  const run = modelLessonRun(model);
  const doFaults = (): void => {
    for (const { id, acts } of faults) {
      const before = JSON.stringify(model.factsAt(run.entries.length));
      const branch = model.fork(run.entries.length);
      for (const act of acts) branch.act(act);
      expect(JSON.stringify(branch.factsAt(branch.entries.length)), id).not.toBe(before);
    }
  };
  return { run, doFaults };
}
