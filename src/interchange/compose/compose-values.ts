/** The two ways in which Compose writes the same thing, read as one. */
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asArray, isJsonObject } from '../../base/json.ts';

/** A scalar as text; '' for what is none. */
export function textOf(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** A number written as one or as text (what came of a variable); undefined where it is none. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}

export function booleanOf(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'yes' ? true : value === 'false' || value === 'no' ? false : undefined;
}

/** `KEY: value` or a list of `KEY=value`; a key without a value has null. */
export function entriesOf(value: JsonValue | undefined): readonly (readonly [key: string, value: string | null])[] {
  if (isJsonObject(value))
    return Object.entries(value).map(([key, entry]) => [
      key,
      entry === null || entry === undefined ? null : textOf(entry),
    ]);
  return asArray(value).map((item) => {
    const text = textOf(item);
    const equals = text.indexOf('=');
    return equals < 0 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)];
  });
}

/** One value or a list of them. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

/** A list of names, or a map whose keys they are (`networks`, `depends_on`). */
export function namesOf(value: JsonValue | undefined): readonly (readonly [name: string, more: JsonObject])[] {
  if (isJsonObject(value)) return Object.entries(value).map(([name, more]) => [name, isJsonObject(more) ? more : {}]);
  return asArray(value).map((name) => [textOf(name), {}]);
}

/** Words of a command as a shell parts them, without expanding anything. */
export function wordsOf(value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object') return asArray(value).map(textOf);
  const words: string[] = [];
  let word: string | undefined;
  const pattern = /\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|(\s+)|([^\\'"\s]+|["'\\])/g;
  for (const [, escaped, single, double, space, plain] of textOf(value).matchAll(pattern)) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + (escaped ?? single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? plain ?? '');
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** `1m30s` in whole seconds, at least one; undefined where it is no duration. */
export function secondsOf(value: JsonValue | undefined): number | undefined {
  const text = textOf(value);
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|us|s))+$/.test(text)) return undefined;
  const unit: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001 };
  let seconds = 0;
  for (const [, number, name = ''] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|us|s)/g))
    seconds += Number(number) * unit[name]!;
  return Math.max(1, Math.round(seconds));
}

/** `512m`, `1gb` or bytes as a quantity: Compose counts in powers of 1024. */
export function bytesOf(value: JsonValue | undefined): string | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(b|[kmgt]i?b?)?$/i.exec(textOf(value).trim());
  if (!match) return undefined;
  const unit = (match[2] ?? 'b').toLowerCase()[0]!;
  const number = match[1]!;
  if (unit === 'b') return String(Math.round(Number(number)));
  const suffix = `${unit === 'k' ? 'K' : unit.toUpperCase()}i`;
  if (!number.includes('.')) return `${number}${suffix}`;
  return String(Math.round(Number(number) * 1024 ** ('kmgt'.indexOf(unit) + 1)));
}

/** `0.5` processors as a quantity. */
export function cpuOf(value: JsonValue | undefined): string | undefined {
  const number = numberOf(value);
  if (number === undefined || number <= 0) return undefined;
  return Number.isInteger(number) ? String(number) : `${Math.round(number * 1000)}m`;
}

/** Kubernetes would put a variable in where Compose leaves `$(NAME)` alone. */
export function withoutExpansion(text: string): string {
  return text.replaceAll(/\$\(([A-Za-z_][\w.-]*)\)/g, '$$$$($1)');
}

/** A name as Kubernetes takes it for a Service: an RFC 1035 label. */
export function kubernetesName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  if (plain === '') return 'x';
  return /^[a-z]/.test(plain) ? plain : `x-${plain}`.slice(0, 63);
}
