import type { JsonValue } from '../../base/json.ts';
import { isJsonObject } from '../../base/json.ts';

export type Variables = ReadonlyMap<string, string>;

/** Told what happens with a variable: `missing` has become nothing; `refused` is one that must be given. */
export type VariableListener = (what: 'missing' | 'refused', name: string, message: string) => void;

const VARIABLE = /\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|\{)/;
const MOST_DEPTH = 10;

/**
 * Puts variables in as Compose does: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`,
 * `${NAME:+other}`, `$$` for a dollar; what stands after the operator may hold variables.
 * Source: compose-spec, "Interpolation".
 */
export function interpolate(text: string, variables: Variables, listen: VariableListener, depth = 0): string {
  if (!text.includes('$') || depth > MOST_DEPTH) return text;
  let result = '';
  let at = 0;
  const pattern = new RegExp(VARIABLE.source, 'g');
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    result += text.slice(at, match.index);
    at = pattern.lastIndex;
    if (match[0] === '$$') result += '$';
    else if (match[1] !== undefined) result += valueOf(match[1], variables, listen);
    else {
      const end = closing(text, at);
      if (end < 0) return result + text.slice(match.index);
      result += braced(text.slice(at, end), variables, listen, depth);
      at = end + 1;
      pattern.lastIndex = at;
    }
  }
  return result + text.slice(at);
}

function valueOf(name: string, variables: Variables, listen: VariableListener): string {
  const value = variables.get(name);
  if (value === undefined) listen('missing', name, '');
  return value ?? '';
}

/** Where the brace ends that was opened before `from`. */
function closing(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return -1;
}

function braced(body: string, variables: Variables, listen: VariableListener, depth: number): string {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?)([-?+])([\s\S]*))?$/.exec(body);
  if (!match) return `\${${body}}`;
  const [, name = '', colon, operator, rest = ''] = match;
  const value = variables.get(name);
  const isThere = value !== undefined && !(colon === ':' && value === '');
  if (operator === undefined) return valueOf(name, variables, listen);
  const other = (): string => interpolate(rest, variables, listen, depth + 1);
  if (operator === '+') return isThere ? other() : '';
  if (isThere) return value;
  if (operator === '-') return other();
  listen('refused', name, rest);
  return '';
}

/** The same in every string of a value; keys stay. */
export function interpolateAll(value: JsonValue, variables: Variables, listen: VariableListener): JsonValue {
  if (typeof value === 'string') return interpolate(value, variables, listen);
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((item) => interpolateAll(item, variables, listen));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, interpolateAll(entry ?? null, variables, listen)]),
  );
}
