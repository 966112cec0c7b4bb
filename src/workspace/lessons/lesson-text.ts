import type { JsonObject } from '../../base/json.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { isModelLesson } from '../../lessons/lesson.ts';
import { writeObject } from '../../manifest/write.ts';
import { PINNED_RELEASE } from '../../openapi/resource.ts';
import { readScript } from '../../simulator/script/script.ts';
import type { ScriptProblem } from '../../simulator/script/script.ts';

export type { ScriptProblem } from '../../simulator/script/script.ts';

/** The file of a lesson. */
export function lessonText(lesson: JsonObject): string {
  return writeObject(lesson);
}

/** What is wrong with the run of a lesson, and where: fields of the lesson, `run.steps[2].at`. */
export function runProblems(lesson: Pick<Lesson, 'run'>): readonly ScriptProblem[] {
  if (isModelLesson(lesson)) return [];
  const script = { apiVersion: 'drydock.dev/v1', kind: 'Script', ...lesson.run };
  const { problems } = readScript(script, `1.${PINNED_RELEASE}`);
  return problems.map((problem) => ({ ...problem, field: `run.${problem.field}` }));
}
