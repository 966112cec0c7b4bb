import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isKubernetesObject } from '../../apimachinery/object.ts';
import type { JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';
import type { ApplyLine } from './apply-order.ts';
import type { StepReader } from './request-step.ts';

/** A file of a design, as text. */
export interface ScriptFile {
  readonly path: string;
  readonly text: string;
}

/** `design: [{path: web.yaml, text: "…"}]`: the manifests that a kept run was made with. */
export function readDesign(value: JsonValue | undefined, reader: StepReader): readonly ScriptFile[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    reader.problem('script.type', 'design', { type: 'array' });
    return [];
  }
  return (value as readonly JsonValue[]).flatMap((file, index) => {
    const field = `design[${index}]`;
    const { path, text }: { readonly path?: unknown; readonly text?: unknown } = isJsonObject(file) ? file : {};
    if (typeof path === 'string' && typeof text === 'string') return [{ path, text }];
    reader.problem('script.type', field, { type: '{path: string, text: string}' });
    return [];
  });
}

/** `kubectl: [{line: apply -f web.yaml, files: {web.yaml: [{…}]}}]`: each begins when the one before it has ended. */
export function readLines(value: readonly JsonValue[], field: string, reader: StepReader): readonly ApplyLine[] {
  return value.flatMap((entry, index) => {
    const own = `${field}[${index}]`;
    const { line, files = {} }: { readonly line?: unknown; readonly files?: unknown } = isJsonObject(entry)
      ? entry
      : {};
    if (typeof line !== 'string' || !isJsonObject(files)) {
      reader.problem('script.type', own, { type: '{line: string, files: object}' });
      return [];
    }
    const read: Record<string, readonly KubernetesObject[]> = {};
    for (const [name, objects] of Object.entries(files)) {
      const list = Array.isArray(objects) ? (objects as readonly JsonValue[]) : [];
      const fine = list.filter(isKubernetesObject);
      if (!Array.isArray(objects) || fine.length < list.length)
        reader.problem('script.type', `${own}.files.${name}`, { type: 'array of objects' });
      read[name] = fine;
    }
    return [{ line, files: read }];
  });
}
