import type { JsonObject } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { isFilled } from './json-schema.ts';

/** The schema of the field that a path leads to, or why it leads to none. */
export type FoundField =
  | { readonly ok: true; readonly steps: readonly string[]; readonly schema: JsonObject | undefined }
  | { readonly ok: false; readonly message: string };

const NO_FIELD = 'does not refer to a valid field';

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go `ValidFieldPath`, 1.36. */
export function fieldAt(root: JsonObject, text: string, allowsBrackets: boolean): FoundField {
  const tokens = tokensOf(text);
  const steps: string[] = [];
  let schema: JsonObject | undefined = root;
  for (let index = 0; index < tokens.length; index++) {
    const isBracket = tokens[index] === '[';
    if (!isBracket && tokens[index] !== '.') return refuse(`expected [ or . but got: ${tokens[index]!}`);
    if (isBracket && !allowsBrackets) return refuse('array notation is not allowed');
    let name = tokens[++index];
    if (name === undefined) return refuse('unexpected end of JSON path');
    if (isBracket) {
      if (!/^'.*'$/s.test(name) || name.length < 2) return refuse(`expected single quoted string but got ${name}`);
      const unescaped = unescape(name.slice(1, -1));
      if ('bad' in unescaped) return refuse(`invalid string literal: invalid escape char ${unescaped.bad}`);
      name = unescaped.text;
    }
    const next = stepInto(schema, name);
    if (next === undefined) return refuse(NO_FIELD);
    schema = next.schema;
    steps.push(name);
    if (!isBracket) continue;
    const end = tokens[++index];
    if (end === undefined) return refuse('unexpected end of JSON path');
    if (end !== ']') return refuse(`expected ] but got ${end}`);
  }
  return { ok: true, steps, schema };
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  "'": "'",
  '\\': '\\',
};

/** Source: the same file, `unescapeSingleQuote`. */
function unescape(quoted: string): { readonly text: string } | { readonly bad: string } {
  const bad = [...quoted.matchAll(/\\./gs)].find(([escape]) => !Object.hasOwn(ESCAPES, escape.slice(1)));
  if (bad !== undefined) return { bad: bad[0] };
  return { text: quoted.replaceAll(/\\./gs, (escape) => ESCAPES[escape.slice(1)] ?? escape) };
}

const refuse = (message: string): FoundField => ({ ok: false, message });

function stepInto(
  schema: JsonObject | undefined,
  name: string,
): { readonly schema: JsonObject | undefined } | undefined {
  if (schema === undefined) return undefined;
  if (isFilled(schema, 'properties')) {
    const child = objectAt(schema, 'properties', name);
    return child === undefined ? undefined : { schema: child };
  }
  const values = valueAt(schema, 'additionalProperties') ?? undefined;
  return values === undefined ? undefined : { schema: objectAt(schema, 'additionalProperties') };
}

/** The signs `.`, `[` and `]`, quoted texts, and what stands between them. */
function tokensOf(text: string): readonly string[] {
  return text.match(/[.[\]]|'(?:[^'\\]|\\.)*'|[^.[\]]+/gs) ?? [];
}
