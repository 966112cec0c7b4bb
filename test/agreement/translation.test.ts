import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { translateServerWords } from '../../src/locales/zh-CN/server/index.ts';
import { jsonLines } from './cases.ts';

const ROOT = join(import.meta.dirname, '../..');

/** How often each sentence was said, by the server in the recorded answers. */
function recordedSentences(): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const line of jsonLines(join(ROOT, 'test/agreement/testdata/verdicts-1.36.ndjson.gz'))) {
    const { causes, message, code, warnings, withAdmission } = line as {
      causes?: readonly (readonly string[])[];
      message?: string;
      code?: number;
      warnings?: readonly string[];
      withAdmission?: { readonly message?: string };
    };
    for (const [, , words] of causes ?? []) count(times, words);
    if (code === 400) count(times, message);
    for (const words of warnings ?? []) count(times, words);
    count(times, withAdmission?.message);
  }
  return times;
}

/** The expected errors and warnings of the cases that stand beside the kinds: `spec.replicas: Invalid value: …`. */
function sentencesOfKinds(): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && key === 'errors') count(times, withoutField(value));
    else if (typeof value === 'string' && key === 'warnings') count(times, value);
    else if (Array.isArray(value)) for (const item of value) visit(item, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value)) visit(part, name);
  };
  const files = readdirSync(join(ROOT, 'src/kinds'), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((path) => /testdata\/.*\.json$/.test(path)))
    visit(JSON.parse(readFileSync(join(ROOT, 'src/kinds', file), 'utf8')), '');
  return times;
}

const HEAD =
  /(?:Not found|Required value|Duplicate value|Invalid value|Unsupported value|Forbidden|Too long|Too short|Too many|Too few|Internal error)(?::|$)/;

function withoutField(words: string): string | undefined {
  const start = words.search(HEAD);
  return start < 0 ? undefined : words.slice(start);
}

function count(times: Map<string, number>, words: string | undefined): void {
  if (words !== undefined && words !== '') times.set(words, (times.get(words) ?? 0) + 1);
}

function untranslated(times: ReadonlyMap<string, number>): readonly string[] {
  return [...times.keys()].filter((words) => translateServerWords(words) === undefined);
}

/** Three English words in a row, outside of what is quoted: a hole that took half a sentence. */
function leftEnglish(words: string): boolean {
  const translated = translateServerWords(words);
  if (translated === undefined) return false;
  const prose = translated
    .split('\n')[0]!
    .replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`|“[^”]*”|（[^）]*）|\{.*\}|\[.*\]|\([^)]*\)/g, '·');
  return /(?:\b[a-z]{2,}\b ){3,}[a-z]{2,}/.test(prose);
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(2)} %`;
}

describe('the server’s words in Chinese', () => {
  const recorded = recordedSentences();
  const kinds = sentencesOfKinds();

  it('cover what the server answered', () => {
    const missing = untranslated(recorded);
    console.log(
      `recorded answers: ${recorded.size - missing.length} of ${recorded.size} sentences (${share(recorded.size - missing.length, recorded.size)})`,
    );
    expect(recorded.size).toBeGreaterThan(2_500);
    expect(missing.length / recorded.size).toBeLessThan(0.005);
  });

  it('cover the most frequent ones wholly', () => {
    const frequent = [...recorded].sort((a, b) => b[1] - a[1]).slice(0, 200);
    expect(frequent.filter(([words]) => translateServerWords(words) === undefined)).toEqual([]);
  });

  it('cover the cases of the kinds', () => {
    const missing = untranslated(kinds);
    console.log(
      `cases of kinds: ${kinds.size - missing.length} of ${kinds.size} sentences (${share(kinds.size - missing.length, kinds.size)})`,
    );
    expect(kinds.size).toBeGreaterThan(500);
    expect(missing.length / kinds.size).toBeLessThan(0.02);
  });

  it('leave no half of a sentence in English', () => {
    expect([...recorded.keys(), ...kinds.keys()].filter(leftEnglish)).toEqual([]);
  });

  it('keep the value that the server shows', () => {
    expect(translateServerWords('Invalid value: -1: must be greater than or equal to 0')).toBe(
      '值无效：-1：必须大于或等于 0',
    );
    expect(translateServerWords('Unsupported value: "a: b": supported values: "TCP", "UDP"')).toBe(
      '不支持的值："a: b"：支持的值："TCP", "UDP"',
    );
    expect(translateServerWords('Required value')).toBe('必填');
    expect(translateServerWords('no server ever said this')).toBeUndefined();
  });
});
