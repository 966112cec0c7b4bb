import type { JsonObject } from '../../base/json.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { isModelLesson } from '../../lessons/lesson.ts';
import { KUBECTL_STYLE, blockLines } from '../../manifest/print.ts';
import { readManifest } from '../../manifest/read.ts';
import { PINNED_RELEASE } from '../../openapi/resource.ts';
import { isScript, readScript } from '../../simulator/script/script.ts';
import type { ScriptProblem } from '../../simulator/script/script.ts';

export type { ScriptProblem } from '../../simulator/script/script.ts';

/** The file of a lesson. */
export function lessonText(lesson: JsonObject): string {
  return `${blockLines(lesson, 0, KUBECTL_STYLE).join('\n')}\n`;
}

/** The Script of a kept run as an object. Throws where the text holds none. */
export function scriptObject(text: string): JsonObject {
  const found = readManifest('run.yaml', text)
    .segments.flatMap((segment) => (segment.type === 'document' ? segment.objects : []))
    .find(({ object }) => isScript(object));
  if (found === undefined) throw new Error('no Script of drydock.dev/v1');
  return found.object as unknown as JsonObject;
}

/** What is wrong with the run of a lesson, and where: fields of the lesson, `run.steps[2].at`. */
export function runProblems(lesson: Pick<Lesson, 'run'>): readonly ScriptProblem[] {
  if (isModelLesson(lesson)) return [];
  const script = { apiVersion: 'drydock.dev/v1', kind: 'Script', ...lesson.run };
  const { problems } = readScript(script, `1.${PINNED_RELEASE}`);
  return problems.map((problem) => ({ ...problem, field: `run.${problem.field}` }));
}
