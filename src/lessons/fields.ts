import { parseDurationMs } from '../apimachinery/duration.ts';
import { isJsonObject } from '../base/json.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { Finder } from './finder.ts';
import type { LessonProblem, LessonProblemId } from './problem.ts';
import type { Said } from './said.ts';

/** Reads the fields of a lesson; what is wrong is noted, and read as something harmless. */
export class Fields {
  readonly problems: LessonProblem[] = [];

  note(field: string, id: LessonProblemId, params: LessonProblem['params'] = {}): void {
    this.problems.push({ field, id, params });
  }

  known(object: JsonObject, names: readonly string[], field: string): void {
    for (const key of Object.keys(object))
      if (!names.includes(key))
        this.note(field === '' ? key : `${field}.${key}`, 'lesson.unknownField', { known: names.join(', ') });
  }

  object(value: JsonValue | undefined, field: string): JsonObject {
    if (isJsonObject(value)) return value;
    this.note(field, 'lesson.noObject');
    return {};
  }

  list(value: JsonValue | undefined, field: string): readonly JsonValue[] {
    if (Array.isArray(value)) return value as readonly JsonValue[];
    if (value !== undefined) this.note(field, 'lesson.noList');
    return [];
  }

  text(value: JsonValue | undefined, field: string): string {
    if (typeof value === 'string' && value !== '') return value;
    this.note(field, 'lesson.noText');
    return '';
  }

  optionalText(value: JsonValue | undefined, field: string): string | undefined {
    return value === undefined ? undefined : this.text(value, field);
  }

  number(value: JsonValue | undefined, field: string): number {
    if (typeof value === 'number') return value;
    this.note(field, 'lesson.noNumber');
    return 0;
  }

  oneOf<Name extends string>(value: JsonValue | undefined, names: readonly Name[], field: string): Name {
    const found = names.find((name) => name === value);
    if (found === undefined) this.note(field, 'lesson.noneOf', { known: names.join(', ') });
    return found ?? names[0]!;
  }

  texts(value: JsonValue | undefined, field: string): readonly string[] {
    return this.list(value, field).map((item, index) => this.text(item, `${field}[${index}]`));
  }

  said(value: JsonValue | undefined, field: string): Said {
    const object = this.object(value, field);
    this.known(object, ['en', 'zh'], field);
    const [en, zh] = [wordsOf(object['en']), wordsOf(object['zh'])];
    if (en === undefined || zh === undefined || (en === '' && zh === ''))
      return { en: this.text(object['en'], `${field}.en`), zh: this.text(object['zh'], `${field}.zh`) };
    if (en === '') this.problems.push({ field: `${field}.en`, id: 'lesson.untold.en', params: {}, isGap: true });
    if (zh === '') this.problems.push({ field: `${field}.zh`, id: 'lesson.untold.zh', params: {}, isGap: true });
    return { en, zh };
  }

  textMap(value: JsonValue | undefined, field: string): Readonly<Record<string, string>> {
    if (value === undefined) return {};
    const entries = Object.entries(this.object(value, field));
    return Object.fromEntries(entries.map(([key, own]) => [key, this.text(own, `${field}.${key}`)]));
  }

  durationMs(value: JsonValue | undefined, field: string): number {
    const ms = typeof value === 'string' ? parseDurationMs(value) : undefined;
    if (ms === undefined) this.note(field, 'lesson.noDuration');
    return ms ?? 0;
  }

  finder(value: JsonValue | undefined, field: string): Finder {
    const given = this.object(value, field);
    this.known(given, ['from', 'to', 'class', 'verb', 'object', 'sub', 'where', 'after', 'wait', 'stays'], field);
    const finder: Record<string, JsonValue> = {};
    for (const name of ['from', 'to', 'class', 'verb', 'object', 'after'])
      if (given[name] !== undefined) finder[name] = this.text(given[name], `${field}.${name}`);
    if (typeof given['sub'] === 'string') finder['sub'] = given['sub'];
    if (given['where'] !== undefined) finder['where'] = this.object(given['where'], `${field}.where`);
    if (given['stays'] !== undefined) {
      if (given['stays'] !== true) this.note(`${field}.stays`, 'lesson.notTrue');
      finder['stays'] = true;
    }
    if (given['wait'] !== undefined) finder['waitMs'] = this.durationMs(given['wait'], `${field}.wait`);
    return finder as unknown as Finder;
  }
}

/** Words of one language, '' where they are left out; undefined for what are no words. */
function wordsOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : undefined;
}
