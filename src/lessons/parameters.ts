import { hashOf } from '../base/hash.ts';
import { asArray, isJsonObject, objectAt } from '../base/json.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';

/** What a variant of a lesson is made with. */
export type Parameters = Readonly<Record<string, number | string>>;

/**
 * The parameters of a lesson for a seed; without one those that are taught. Neighbours with other seeds get other numbers.
 *
 * @example
 * parameters: {replicas: [3, 2, 4, 5]}
 */
export function parametersFor(lesson: JsonObject, seed?: number): Parameters {
  const chosen: Record<string, number | string> = {};
  for (const [name, given] of Object.entries(objectAt(lesson, 'parameters') ?? {})) {
    const values = valuesIn(given);
    const index = seed === undefined ? 0 : (hashOf(`${seed}/${name}`).high >>> 0) % Math.max(1, values.length);
    const value = values[index];
    if (value !== undefined) chosen[name] = value;
  }
  return chosen;
}

/** The values that a parameter may take; the first is the one that is taught. */
export function parameterValues(lesson: JsonObject, name: string): readonly (number | string)[] {
  return valuesIn(objectAt(lesson, 'parameters')?.[name]);
}

function valuesIn(given: JsonValue | undefined): readonly (number | string)[] {
  return asArray(given).filter((value) => typeof value === 'number' || typeof value === 'string');
}

/** Puts parameters where `${name}` stands: a text that is nothing else becomes the value itself. */
export function fillIn(value: JsonValue | undefined, parameters: Parameters): JsonValue | undefined {
  if (typeof value === 'string') {
    const whole = /^\$\{(\w+)\}$/.exec(value)?.[1];
    if (whole !== undefined && Object.hasOwn(parameters, whole)) return parameters[whole]!;
    return fillText(value, parameters);
  }
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => fillIn(item, parameters)!);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, fillIn(own, parameters)]));
}

/** Puts values where `${name}` stands in a text; what is not known stays as it is. */
export function fillText(text: string, values: Readonly<Record<string, JsonValue>>): string {
  return text.replaceAll(/\$\{(\w+)\}/g, (own, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return own;
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}
