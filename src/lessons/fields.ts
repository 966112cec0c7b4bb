import { parseDurationMs } from '../apimachinery/duration.ts';
import { isJsonObject } from '../base/json.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { Finder } from './finder.ts';
import type { Said } from './said.ts';

/** Something in the file of a lesson that cannot be used. */
export interface LessonProblem {
  /** `steps[3].caption.zh`. */
  readonly field: string;
  readonly problem: string;
}

/** Reads the fields of a lesson; what is wrong is noted, and read as something harmless. */
export class Fields {
  readonly problems: LessonProblem[] = [];

  note(field: string, problem: string): void {
    this.problems.push({ field, problem });
  }

  known(object: JsonObject, names: readonly string[], field: string): void {
    for (const key of Object.keys(object))
      if (!names.includes(key))
        this.note(field === '' ? key : `${field}.${key}`, `unknown; known: ${names.join(', ')}`);
  }

  object(value: JsonValue | undefined, field: string): JsonObject {
    if (isJsonObject(value)) return value;
    this.note(field, 'is no object');
    return {};
  }

  list(value: JsonValue | undefined, field: string): readonly JsonValue[] {
    if (Array.isArray(value)) return value as readonly JsonValue[];
    if (value !== undefined) this.note(field, 'is no list');
    return [];
  }

  text(value: JsonValue | undefined, field: string): string {
    if (typeof value === 'string' && value !== '') return value;
    this.note(field, 'is no text');
    return '';
  }

  optionalText(value: JsonValue | undefined, field: string): string | undefined {
    return value === undefined ? undefined : this.text(value, field);
  }

  number(value: JsonValue | undefined, field: string): number {
    if (typeof value === 'number') return value;
    this.note(field, 'is no number');
    return 0;
  }

  oneOf<Name extends string>(value: JsonValue | undefined, names: readonly Name[], field: string): Name {
    const found = names.find((name) => name === value);
    if (found === undefined) this.note(field, `is none of ${names.join(', ')}`);
    return found ?? names[0]!;
  }

  texts(value: JsonValue | undefined, field: string): readonly string[] {
    return this.list(value, field).map((item, index) => this.text(item, `${field}[${index}]`));
  }

  said(value: JsonValue | undefined, field: string): Said {
    const object = this.object(value, field);
    this.known(object, ['en', 'zh'], field);
    return { en: this.text(object['en'], `${field}.en`), zh: this.text(object['zh'], `${field}.zh`) };
  }

  textMap(value: JsonValue | undefined, field: string): Readonly<Record<string, string>> {
    if (value === undefined) return {};
    const entries = Object.entries(this.object(value, field));
    return Object.fromEntries(entries.map(([key, own]) => [key, this.text(own, `${field}.${key}`)]));
  }

  durationMs(value: JsonValue | undefined, field: string): number {
    const ms = typeof value === 'string' ? parseDurationMs(value) : undefined;
    if (ms === undefined) this.note(field, 'is no duration');
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
      if (given['stays'] !== true) this.note(`${field}.stays`, 'is not true');
      finder['stays'] = true;
    }
    if (given['wait'] !== undefined) finder['waitMs'] = this.durationMs(given['wait'], `${field}.wait`);
    return finder as unknown as Finder;
  }
}
