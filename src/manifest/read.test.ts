import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonEqual } from '../base/json.ts';
import type { ManifestFile, ManifestObject } from './manifest.ts';
import { readManifest } from './read.ts';
import { DOCUMENTS, mutated, yamlText } from './testdata/yaml-texts.ts';

const objectsOf = (file: ManifestFile): readonly ManifestObject[] =>
  file.segments.flatMap((segment) => (segment.type === 'document' ? segment.objects : []));
const textOf = (file: ManifestFile): string =>
  (file.bom ? '\ufeff' : '') + file.segments.map(({ text }) => text).join('');
const problemsOf = (file: ManifestFile): string[] =>
  file.problems.map(({ id, position }) => `${id} ${position.line}:${position.column}`);
const names = (file: ManifestFile): unknown[] =>
  objectsOf(file).map(({ object }) => (object['metadata'] as { name?: string } | undefined)?.name);

/** bigint as the number that JSON readers make of it. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part)));

const pod = (name: string): string => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"}}`;
const timed = (content: Uint8Array | string): { file: ManifestFile; ms: number } => {
  const start = performance.now();
  const file = readManifest('bad.yaml', content);
  return { file, ms: performance.now() - start };
};

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const config = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

interface SemanticRecord {
  readonly scalar?: string;
  readonly doc?: string;
  readonly yaml?: string;
  readonly json?: unknown;
  readonly error?: string | null;
}

/** The records that describe their text instead of holding it. */
const TEXTS: Readonly<Record<string, string>> = {
  'yaml-directive': `%YAML 1.1\n---\n${HEAD}v: 1\n`,
  'long-line': `${HEAD}v: ${'x'.repeat(1_000_000)}\n`,
  'billion-laughs': `${HEAD}a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`)
    .join('\n')}\nv: *i\n`,
  'deep-20000': `${HEAD}v: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
};

function textFor(record: SemanticRecord): string {
  if (record.scalar !== undefined) return `${HEAD}v: ${record.scalar}\n`;
  const special = TEXTS[record.doc ?? ''];
  if (special !== undefined) return special;
  const body = record.yaml ?? '';
  return body.startsWith('\ufeff') ? `\ufeff${HEAD}${body.slice(1)}\n` : `${HEAD}${body}\n`;
}

describe('what a real kubectl reads (recorded by us with kubectl 1.33, see testdata/README.md)', () => {
  const records = readFileSync(new URL('testdata/kubectl-yaml-semantics.ndjson', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SemanticRecord);

  it('has 130 records', () => expect(records).toHaveLength(130));

  it.each(records.map((record) => [record.scalar ?? record.doc, record] as const))('%s', (_name, record) => {
    const text = textFor(record);
    const file = readManifest('a.yaml', text);
    const object = objectsOf(file)[0]?.object;
    expect(textOf(file)).toBe(text);
    if (record.doc === 'yaml-directive') {
      // kubectl refuses the file for its first document; the second is read here.
      expect(problemsOf(file)).toEqual(['manifest.syntax 1:10']);
    } else if (typeof record.error === 'string') {
      expect(object).toBeUndefined();
      expect(file.problems[0]?.position.line).toBeGreaterThan(3);
    } else if (record.doc === 'long-line') expect(object?.['v']).toHaveLength(1_000_000);
    else expect(jsonEqual(plain(object?.['v']), record.json), JSON.stringify(plain(object))).toBe(true);
  });
});

describe('numbers', () => {
  it.each([
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['9223372036854775807', 9223372036854775807n],
    ['9223372036854775808', 9223372036854775808],
    ['0777777777777777777777', 9223372036854775807n],
    ['.5_0', 0.5],
    ['0b-11', -3],
    ['-0.0', 0],
    ['123456789012345678.0', 123456789012345680n],
    ['1e20', 1e20],
    ['1_000.5', 1000.5],
    ['00x1', '00x1'],
    ['1e400', '1e400'],
  ])('%s', (text, value) => {
    expect(objectsOf(readManifest('a.yaml', `${HEAD}v: ${text}\n`))[0]?.object['v']).toBe(value);
  });

  it.each([
    ['1234567.5', '1.2345675e+06'],
    ['123456.5', '123456.5'],
    ['0.00001', '1e-05'],
    ['16777216.0', '1.6777216e+07'],
    ['9007199254740993', '9007199254740993'],
    ['on', 'true'],
  ])('as a key: %s', (text, key) => {
    expect(objectsOf(readManifest('a.yaml', `${HEAD}${text}: x\n`))[0]?.object[key]).toBe('x');
  });
});

describe('documents', () => {
  it.each([
    ['two', `${config('a')}---\n${config('b')}`, ['a', 'b'], []],
    ['separators first, twice and last', `---\n---\n${config('a')}---\n\n--- # c\n${config('b')}---\n`, ['a', 'b'], []],
    ['comments first', `# one\n# two\n\n${config('a')}`, ['a'], []],
    ['a comment between separators', `${config('a')}---\n# nothing\n---\n${config('b')}`, ['a', 'b'], []],
    ['the end mark', `${config('a')}...\n---\n${config('b')}...\n`, ['a', 'b'], []],
    ['text after the end mark', `${config('a')}...\nx: {\n---\n${config('b')}`, ['a', 'b'], []],
    ['a byte order mark and CRLF', `\ufeff${config('a')}---\n${config('b')}`.replaceAll('\n', '\r\n'), ['a', 'b'], []],
    ['no newline at the end', `${config('a')}---\n${config('b').trimEnd()}`, ['a', 'b'], []],
    [
      'dashes inside a block scalar',
      `${config('a')}data:\n  x: |\n    ---\n    y\n---\n${config('b')}`,
      ['a', 'b'],
      [],
    ],
    ['words after the dashes', `${config('a')}--- foo\n${config('b')}`, ['a', 'b'], ['manifest.ignored 4:5']],
    ['a broken one', `${config('a')}---\na: b: c\n---\n${config('b')}`, ['a', 'b'], ['manifest.syntax 5:4']],
    [
      'a broken one after CRLF',
      `${config('é')}---\na: b: c\n---\n${config('b')}`.replaceAll('\n', '\r\n'),
      ['é', 'b'],
      ['manifest.syntax 5:4'],
    ],
    ['a null and a scalar', `~\n---\nhello\n---\n${config('b')}`, ['b'], ['manifest.notAnObject 3:1']],
    ['no kind', `apiVersion: v2\nname: chart\n---\n${config('b')}`, ['b'], ['manifest.notAnObject 1:1']],
    [
      'a template',
      `${config('a')}---\nkind: X\nname: {{ .Values.x }}\n---\n${config('b')}`,
      ['a', 'b'],
      ['manifest.template 6:7'],
    ],
    [
      'a template with control lines',
      `{{- if .x }}\nkind: X\n{{- end }}\n---\n${config('b')}`,
      ['b'],
      ['manifest.template 1:1'],
    ],
    ['braces in a string are no template', `${config('a')}v: "{{ x }}"\n`, ['a'], []],
    ['the same key twice', `${config('a')}metadata: {name: b}\n`, ['b'], ['manifest.duplicateKey 4:1']],
    ['nothing', '', [], []],
    ['blank lines', '\n \n# c\n', [], []],
  ])('%s', (_name, text, found, problems) => {
    const file = readManifest('a.yaml', text);
    expect(names(file)).toEqual(found);
    expect(problemsOf(file)).toEqual(problems);
    expect(textOf(file)).toBe(text);
  });
});

describe('JSON', () => {
  it.each([
    ['one', pod('a'), ['a'], []],
    ['a stream', `${pod('a')}${pod('b')}\n\n ${pod('c')}\n`, ['a', 'b', 'c'], []],
    ['then YAML', `${pod('a')}\n---\n${config('b')}`, ['a', 'b'], []],
    ['documents with separators', `${pod('a')}\n---\n${pod('b')}\n---\n${pod('c')}`, ['a', 'b', 'c'], []],
    ['a trailing comma is YAML', `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a",},}`, ['a'], []],
    ['broken', `{"apiVersion":"v1",\n "kind" "Pod"}`, [], ['manifest.syntax 2:9']],
    [
      'the same key twice',
      `{"kind":"X","apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}`,
      ['a'],
      ['manifest.duplicateKey 1:31'],
    ],
  ])('%s', (_name, text, found, problems) => {
    const file = readManifest('a.json', text);
    expect(names(file)).toEqual(found);
    expect(problemsOf(file)).toEqual(problems);
    expect(textOf(file)).toBe(text);
  });

  it('keeps 64-bit integers, escapes and __proto__', () => {
    const text =
      '{"apiVersion":"v1","kind":"Pod","n":9007199254740993,"m":-0,"f":1.0,"s":"\\u00e9\\n\\ud800","__proto__":{"x":1}}';
    const object = objectsOf(readManifest('a.json', text))[0]!.object;
    expect([object['n'], object['m'], object['f'], object['s']]).toEqual([9007199254740993n, 0, 1, 'é\n\ufffd']);
    expect(Object.keys(object)).toContain('__proto__');
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });
});

describe('Lists', () => {
  it('are unfolded with the place of every item', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n- # c\n  apiVersion: v1\n  kind: List\n  items:\n    - {apiVersion: v1, kind: Secret}\n    - 7\n`;
    const file = readManifest('a.yaml', text);
    expect(objectsOf(file).map(({ path, line, object }) => [path, line, object.kind])).toEqual([
      [['items', 0], 3, 'Pod'],
      [['items', 1, 'items', 0], 9, 'Secret'],
    ]);
    expect(problemsOf(file)).toEqual(['manifest.notAnObject 11:7']);
  });

  it('give items of a typed list its kind', () => {
    const file = readManifest('a.json', '{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"a"}}]}');
    expect(objectsOf(file).map(({ object }) => object)).toEqual([
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } },
    ]);
  });
});

describe('bad input', () => {
  const lists = (prefix: string, count: number): string => `${HEAD}v:\n${prefix.repeat(count)}x\n`;

  it.each([
    ['flow lists 20,000 deep', `${HEAD}v: ${'['.repeat(20_000)}`, 'manifest.excessive 4:503'],
    ['maps 20,000 deep', `${HEAD}v: ${'{a: '.repeat(20_000)}`, 'manifest.excessive'],
    ['block lists 20,000 deep', lists('- ', 20_000), 'manifest.excessive'],
    ['question marks 20,000 deep', lists('? ', 20_000), 'manifest.excessive'],
    ['anchored lists 20,000 deep', `${HEAD}w: &a 1\nv: ${'['.repeat(20_000)}`, 'manifest.excessive'],
    ['JSON 20,000 deep', '{"a":'.repeat(20_000), 'manifest.excessive'],
    [
      'a merge bomb',
      `${HEAD}m0: &m0 {a: 1, b: 2}\n${Array.from({ length: 2000 }, (_, i) => `m${i + 1}: &m${i + 1} {<<: [*m${i}, *m${i}], k${i}: 1}`).join('\n')}\n`,
      'manifest.excessive',
    ],
    ['an alias to itself', `${HEAD}v: &a [*a]\n`, 'manifest.syntax 4:8'],
    ['an unknown alias', `${HEAD}v: *nope\n`, 'manifest.syntax 4:4'],
    ['a control character', `${HEAD}v: "é\u0001"\n`, 'manifest.syntax 4:6'],
    ['a tab', `${HEAD}v:\n\ta: 1\n`, 'manifest.syntax 5:1'],
  ])('%s', (_name, text, problem) => {
    const { file, ms } = timed(text);
    expect(problemsOf(file).join()).toContain(problem);
    expect(objectsOf(file)).toEqual([]);
    expect(textOf(file)).toBe(text);
    expect(ms).toBeLessThan(20_000);
  });

  it.each([
    ['NUL bytes', new Uint8Array([0x61, 0, 0x62]), 'nul', 1],
    ['bytes that are not UTF-8', new Uint8Array([0x61, 0xc3, 0x28]), 'utf8', 2],
    ['a character cut off', new Uint8Array([0x61, 0xe4, 0xb8]), 'utf8', 3],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), 'utf16', 0],
    ['a string with NUL', 'a\0b', 'nul', 1],
  ])('%s', (_name, content, reason, offset) => {
    const { file } = timed(content);
    expect(file.problems).toEqual([
      { id: 'manifest.binary', severity: 'error', position: { line: 1, column: 1 }, params: { reason, offset } },
    ]);
    expect(file.segments).toEqual([]);
    expect(file.binary).toBe(content);
  });

  it('stops early in ten megabytes that are no YAML, and still reads what is', () => {
    for (const garbage of ['{[}]: "\'\n', ': ', 'a: b: c\n', '&a *a\n', '? ', "'"]) {
      const { file, ms } = timed(HEAD + garbage.repeat(Math.ceil(5e6 / garbage.length)));
      expect(file.problems[0]?.severity).toBe('error');
      expect(ms).toBeLessThan(20_000);
    }
    const long = `"${'words over lines\n  '.repeat(60_000)}"`;
    expect(objectsOf(readManifest('a.yaml', `${HEAD}w: &a 1\nv: ${long}\nz: *a\n`))[0]?.object['z']).toBe(1);
  });

  it('reads one line of 1 MB, 100,000 equal keys and 100,000 separators in bounded time', () => {
    for (const text of [
      `${HEAD}v: "${'x '.repeat(500_000)}"\n`,
      HEAD + 'v: 1\n'.repeat(100_000),
      `${HEAD}v: {${'a: 1, '.repeat(100_000)}}\n`,
      '---\n'.repeat(100_000) + HEAD,
      `${HEAD}${'...\n---\n'.repeat(50_000)}`,
      `${HEAD}v: &a 1\nw:\n${'- *a\n'.repeat(50_000)}`,
      `${HEAD}v: ${'"'.repeat(100_000)}`,
      `${HEAD}${'? '.repeat(400)}`,
    ]) {
      const { file, ms } = timed(text);
      expect(textOf(file)).toBe(text);
      expect(ms).toBeLessThan(20_000);
    }
  });

  it('reads aliases and merges in the order they stand, as kubectl does', () => {
    const text = `${HEAD}b: &b {x: 1, z: 3}\nv: {x: 9, <<: *b, z: 4}\nw: [*b, *b]\n`;
    const object = objectsOf(readManifest('a.yaml', text))[0]!.object;
    expect(object['v']).toEqual({ x: 1, z: 4 });
    expect(object['w']).toEqual([
      { x: 1, z: 3 },
      { x: 1, z: 3 },
    ]);
  });

  it('leaves Object.prototype alone and keeps __proto__ as a plain key', () => {
    for (const text of ['v:\n  __proto__: {polluted: 1}\n', 'b: &b {__proto__: {polluted: 1}}\nv: {<<: *b}\n']) {
      const { v } = objectsOf(readManifest('a.yaml', HEAD + text))[0]!.object as unknown as { v: object };
      expect(Object.keys(v)).toEqual(['__proto__']);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect((v as { polluted?: unknown }).polluted).toBeUndefined();
    }
  });
});

describe('any text', () => {
  it('is read without throwing, and its segments give it back', () => {
    fc.assert(
      fc.property(fc.oneof(yamlText, mutated(DOCUMENTS), fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const file = readManifest('a.yaml', text);
        expect(file.binary ?? textOf(file)).toBe(text);
        for (const { position } of file.problems) expect(position.line).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 1000, seed: 11 },
    );
  });
});
