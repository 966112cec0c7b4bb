import { compileGoPattern } from '../../../apimachinery/go-pattern.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';

/** What a parameter may be: a pattern is a regular expression in Go's syntax, `!` before it for everything else. */
type ParameterType = 'string' | 'integer' | 'boolean' | 'pattern' | 'strings' | 'patterns' | readonly string[];

export type ParameterTypes = Readonly<
  Record<string, { readonly type: ParameterType; readonly isRequired?: true; readonly each?: readonly string[] }>
>;

export type Parameters = Readonly<Record<string, JsonValue>>;

export interface ParameterProblem {
  readonly id: 'lintConfig.unknownParameter' | 'lintConfig.missingParameter' | 'lintConfig.parameter';
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Reads parameters; their names are taken in either case, as kube-linter takes them. */
export function readParameters(
  written: JsonObject,
  types: ParameterTypes,
): { readonly parameters: Parameters; readonly problems: readonly ParameterProblem[] } {
  const names = new Map(Object.keys(types).map((name) => [name.toLowerCase(), name]));
  const parameters: Record<string, JsonValue> = {};
  const problems: ParameterProblem[] = [];
  for (const [key, value] of Object.entries(written)) {
    const name = names.get(key.toLowerCase());
    const known = name === undefined ? undefined : types[name];
    if (name === undefined || known === undefined) {
      problems.push({ id: 'lintConfig.unknownParameter', name: key, params: { known: Object.keys(types).join(', ') } });
      continue;
    }
    if (value === undefined || value === null) continue;
    const wanted = unmet(value, known.type, known.each);
    if (wanted === undefined) parameters[name] = value;
    else problems.push({ id: 'lintConfig.parameter', name, params: { wanted } });
  }
  for (const [name, { isRequired }] of Object.entries(types)) {
    const isThere = name in parameters && parameters[name] !== '';
    if (isRequired && !isThere && !problems.some((problem) => problem.name === name))
      problems.push({ id: 'lintConfig.missingParameter', name, params: {} });
  }
  return { parameters, problems };
}

/** What a value should be and is not. */
function unmet(value: JsonValue, type: ParameterType, each: readonly string[] | undefined): string | undefined {
  if (typeof type === 'object') return type.includes(String(value)) ? undefined : type.join(' | ');
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : type;
    case 'boolean':
    case 'string':
      return typeof value === type ? undefined : type;
    case 'pattern':
      return typeof value === 'string' && isPattern(value.replace(/^!/, '')) ? undefined : type;
    case 'strings':
      return isList(value, (item) => each === undefined || each.includes(item)) ? undefined : (each?.join(' | ') ?? type);
    case 'patterns':
      return isList(value, isPattern) ? undefined : type;
  }
}

function isList(value: JsonValue, fits: (item: string) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && fits(item));
}

function isPattern(text: string): boolean {
  return compileGoPattern(text) instanceof RegExp;
}

export type Match = (text: string) => boolean;

const any: Match = () => true;

/** Whether a text has a pattern; every text where there is none. Source: kube-linter, pkg/matcher/string.go. */
export function matchOf(pattern: JsonValue | undefined): Match {
  if (typeof pattern !== 'string' || pattern === '') return any;
  const isNot = pattern.startsWith('!');
  const compiled = patternOf(isNot ? pattern.slice(1) : pattern);
  return (text) => compiled(text) !== isNot;
}

/** One match for each pattern of a list. */
export function matchesOf(patterns: JsonValue | undefined): readonly Match[] {
  return stringsOf(patterns).map(patternOf);
}

export function stringsOf(list: JsonValue | undefined): readonly string[] {
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];
}

export function integerOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** The end of a line behind a pattern is that of a block of YAML, and means nothing. */
function patternOf(pattern: string): Match {
  const compiled = compileGoPattern(pattern.replace(/\n$/, ''));
  return compiled instanceof RegExp ? (text) => compiled.test(text) : () => false;
}
