import { compareStrings } from '../../../base/compare.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import type { Describer } from './describer.ts';
import { describeEvents } from './events.ts';
import { describeLabels, describeName } from './head.ts';
import { textAt } from './values.ts';
import type { DescribeWriter } from './writer.ts';

const SKIPPED: ReadonlySet<string> = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
]);

/** Any kind: all fields by name. Source: describe.go `genericDescriber`, 1.36. */
export const describeAnything: Describer = (w, object, context) => {
  describeName(w, object);
  describeLabels(w, object);
  content(w, object, 0, '');
  describeEvents(w, context);
};

function content(w: DescribeWriter, value: JsonObject, level: number, path: string): void {
  for (const field of Object.keys(value).sort(compareStrings)) {
    const own = `${path}.${field}`;
    const found = value[field];
    if (SKIPPED.has(own) || found === undefined) continue;
    const label = labelFor(field);
    if (isJsonObject(found)) {
      w.write(level, `${label}:\n`);
      content(w, found, level + 1, own);
    } else if (Array.isArray(found)) {
      w.write(level, `${label}:\n`);
      for (const item of found as readonly JsonValue[]) {
        if (isJsonObject(item)) content(w, item, level + 1, own);
        else w.write(level + 1, `${textAt(item)}\n`);
      }
    } else w.field(level, label, found === null ? '<nil>' : textAt(found));
  }
}

const ACRONYMS: ReadonlySet<string> = new Set(['API', 'URL', 'UID', 'GUID']);

/** `lastUpdateTime` as `Last Update Time`. Source: `smartLabelFor` with github.com/fatih/camelcase. */
export function labelFor(field: string): string {
  if (!/^[\p{L}-]*$/u.test(field)) return field;
  const parts = field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}|[^\p{L}]+/gu) ?? [];
  const merged: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const [part, next] = [parts[at]!, parts[at + 1]];
    if (part.length >= 2 && !/\p{Ll}/u.test(part) && next !== undefined && /^\p{Lu}/u.test(next)) {
      merged.push(part + next);
      at++;
    } else merged.push(part);
  }
  return merged
    .map((part) => {
      if (ACRONYMS.has(part.toUpperCase())) return part.toUpperCase();
      return part.toLowerCase() === part ? part.charAt(0).toUpperCase() + part.slice(1) : part;
    })
    .join(' ');
}
