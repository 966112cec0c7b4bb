import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asArray, isJsonObject } from '../../base/json.ts';

/** Reads what a lesson gives to a model. Throws, naming the field, where something is missing or of another type. */
export class ActReader {
  private readonly given: JsonObject;
  private readonly where: string;

  constructor(given: JsonObject, where: string) {
    this.given = given;
    this.where = where;
  }

  text(name: string, otherwise?: string): string {
    const value = this.given[name] ?? otherwise;
    // What a lesson fills in may be a number where a name is meant: `web:1.1`.
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw this.problem(name, 'is no text');
  }

  number(name: string, otherwise?: number): number {
    const value = this.given[name] ?? otherwise;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw this.problem(name, 'is no number');
  }

  truth(name: string, otherwise: boolean): boolean {
    const value = this.given[name] ?? otherwise;
    if (typeof value === 'boolean') return value;
    throw this.problem(name, 'is neither true nor false');
  }

  oneOf<Name extends string>(name: string, names: readonly Name[], otherwise?: Name): Name {
    const value = this.text(name, otherwise);
    const found = names.find((one) => one === value);
    if (found === undefined) throw this.problem(name, `is none of ${names.join(', ')}`);
    return found;
  }

  has(name: string): boolean {
    return this.given[name] !== undefined;
  }

  texts(name: string): readonly string[] {
    return asArray(this.given[name]).map(String);
  }

  /** An object in it; an empty one where there is none. */
  object(name: string): ActReader {
    const value = this.given[name] ?? {};
    if (!isJsonObject(value)) throw this.problem(name, 'is no object');
    return new ActReader(value, `${this.where}.${name}`);
  }

  /** The objects of a list; none where there is no list. */
  list(name: string): readonly ActReader[] {
    return asArray(this.given[name]).map((item, index) => {
      if (!isJsonObject(item)) throw this.problem(`${name}[${index}]`, 'is no object');
      return new ActReader(item, `${this.where}.${name}[${index}]`);
    });
  }

  /** Texts by name, in the order given. */
  textMap(name: string): Readonly<Record<string, string>> {
    const reader = this.object(name);
    return Object.fromEntries(reader.names.map((key) => [key, reader.text(key)]));
  }

  get names(): readonly string[] {
    return Object.keys(this.given);
  }

  value(name: string): JsonValue | undefined {
    return this.given[name];
  }

  problem(name: string, problem: string): Error {
    return new Error(`${this.where}.${name} ${problem}`);
  }
}
