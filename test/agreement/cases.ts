import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { isKubernetesObject } from '../../src/apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../src/base/json.ts';
import { arrayAt, asArray, asNumber, asObject, asString, stringAt } from '../../src/base/json.ts';

/** An object and what a real API server answered. */
export interface Case {
  /** Name of the case, or file, kind and name. */
  readonly id: string;
  readonly source: string;
  readonly op: 'create' | 'update';
  readonly object: KubernetesObject;
  readonly old: KubernetesObject | undefined;
  readonly answer: Answer;
  /** CustomResourceDefinitions that were there. */
  readonly definitions: readonly KubernetesObject[];
  /** The server is of the pinned release: its answer counts word for word. */
  readonly isPinned?: boolean;
}

export interface Answer {
  readonly accepted: boolean;
  readonly code: number;
  readonly message: string;
  readonly causes: readonly Cause[];
  readonly stored: JsonObject | undefined;
  /** Warning headers, in the server's order; undefined where they were not recorded. */
  readonly warnings?: readonly string[];
}

export interface Cause {
  readonly field: string;
  readonly reason: string;
  readonly message: string;
}

/** Where the recorded answers lie, beside the project. */
export const RECORDED = join(process.cwd(), '../shared/corpora/golden');

export function jsonLines(path: string): readonly JsonObject[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}

/** Mutations of valid objects, each with its verdict. */
export function mutationCases(path = join(RECORDED, 'invalid-cases.ndjson')): readonly Case[] {
  if (!existsSync(path)) return [];
  return jsonLines(path).flatMap((line): readonly Case[] => {
    const { object, old } = line;
    if (!isKubernetesObject(object)) return [];
    return [
      {
        id: stringAt(line, 'id') ?? '',
        source: 'mutations',
        op: line['op'] === 'update' ? 'update' : 'create',
        object,
        old: isKubernetesObject(old) ? old : undefined,
        answer: answerOf(line, line['verdict'] === 'accepted'),
        definitions: [],
      },
    ];
  });
}

/** Real manifests, with what became of them. */
export function manifestCases(): readonly Case[] {
  if (!existsSync(RECORDED)) return [];
  return readdirSync(RECORDED)
    .filter((file) => file.startsWith('verdicts-'))
    .flatMap((file) => corpusCases(file));
}

function corpusCases(file: string): readonly Case[] {
  const inputs = new Map<string, readonly KubernetesObject[]>(
    jsonLines(join(RECORDED, file.replace('verdicts-', 'kubectl-parse-'))).map((line) => [
      stringAt(line, 'file') ?? '',
      arrayAt(line, 'objects').flatMap((object) => unfold(object)),
    ]),
  );
  const definitions = [...inputs.values()].flat().filter(({ kind }) => kind === 'CustomResourceDefinition');
  const seen = new Map<string, number>();
  return jsonLines(join(RECORDED, file)).flatMap((line): readonly Case[] => {
    const [path, kind, name] = [stringAt(line, 'file') ?? '', stringAt(line, 'kind'), stringAt(line, 'name')];
    const key = `${path} ${kind} ${name}`;
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    const alike = (inputs.get(path) ?? []).filter(
      (object) => object.kind === kind && nameOrPrefix(object) === (name ?? ''),
    );
    const object = alike[index];
    const verdict = line['verdict'];
    if (object === undefined || (verdict !== 'valid' && verdict !== 'invalid')) return [];
    return [
      {
        id: `${path} ${kind} ${name}`,
        source: file.replace(/^verdicts-|\.ndjson\.gz$/g, ''),
        op: 'create',
        object,
        old: undefined,
        answer: answerOf(line, verdict === 'valid'),
        definitions,
      },
    ];
  });
}

function nameOrPrefix(object: KubernetesObject): string {
  return stringAt(object, 'metadata', 'name') ?? '';
}

function unfold(value: JsonValue): readonly KubernetesObject[] {
  const object = asObject(value);
  if (object !== undefined && stringAt(object, 'kind')?.endsWith('List') === true && Array.isArray(object['items']))
    return asArray(object['items']).flatMap(unfold);
  return isKubernetesObject(value) ? [value] : [];
}

function answerOf(line: JsonObject, accepted: boolean): Answer {
  const stored = asObject(line['stored']) ?? (line['verdict'] === 'valid' ? asObject(line['object']) : undefined);
  return {
    accepted,
    code: asNumber(line['code']) ?? 0,
    message: asString(line['message']) ?? '',
    causes: asArray(line['causes']).map((cause) => {
      const [field, reason, message] = asArray(cause).map(String);
      return { field: field ?? '', reason: reason ?? '', message: message ?? '' };
    }),
    stored,
  };
}
