import type { JsonObject } from '../../base/json.ts';
import { isJsonObject, stringAt } from '../../base/json.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { readManifest } from '../../manifest/read.ts';

/** What the simulation is started with for a lesson. */
export interface LessonStart {
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[];
  /** The Script of its run. */
  readonly script: string;
}

/** The object of a lesson in its file. Throws where the file holds none. */
export function lessonObject(path: string, text: string): JsonObject {
  const found = readManifest(path, text)
    .segments.flatMap((segment) => (segment.type === 'document' ? segment.objects : []))
    .find(({ object }) => object.kind === 'Lesson' && object.apiVersion === 'drydock.dev/v1');
  if (found === undefined) throw new Error(`${path} holds no Lesson of drydock.dev/v1`);
  return found.object as unknown as JsonObject;
}

export function startOf({ run }: Lesson): LessonStart {
  const encoder = new TextEncoder();
  const design = Array.isArray(run['design']) ? run['design'].filter(isJsonObject) : [];
  return {
    files: design.map((file) => ({
      path: stringAt(file, 'path') ?? '',
      content: encoder.encode(stringAt(file, 'text') ?? ''),
    })),
    // JSON is YAML.
    script: JSON.stringify({ apiVersion: 'drydock.dev/v1', kind: 'Script', ...run }),
  };
}
