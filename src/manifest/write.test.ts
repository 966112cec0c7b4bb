import * as fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { jsonEqual } from '../base/json.ts';
import { readFast } from './fast-reader.ts';
import { flowText } from './print.ts';
import { readTree } from './tree-reader.ts';
import { isUnusual } from './yaml-reader.ts';
import { writeObject } from './write.ts';

/** Strings that some reader takes for something else when they stand bare. */
const AWKWARD = [
  '',
  ' ',
  'a ',
  ' a',
  '\t',
  '1.10',
  '007',
  '0o17',
  '08',
  '0x1f',
  '1e3',
  '1_000',
  '12:30',
  '190:20:30',
  '.5',
  '5.',
  '.inf',
  '-.INF',
  '.NaN',
  'yes',
  'No',
  'on',
  'OFF',
  'y',
  'N',
  'true',
  'null',
  'Null',
  '~',
  '=',
  '<<',
  '-',
  '- a',
  '--',
  '---',
  '...',
  '?',
  '? a',
  ':',
  'a:',
  'a: b',
  'a #b',
  '#a',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a',
  "'a'",
  '"a"',
  "it's",
  'a"b',
  'a\\b',
  '{a}',
  '[a]',
  'a, b',
  '2024-01-01',
  '2001-12-14t21:59:43.10-05:00',
  '+1',
  '1,000',
  '10.0.0.1',
  'e0',
  '10.0.0.0/8',
  '100m',
  '64Mi',
  'nginx:1.27',
  'http://x/y?z=1',
  'é',
  '中文',
  '😀',
  'a\u00a0b',
  'a\u202eb',
  '\ufeff',
  'a\u2028b',
  '\u0000',
  '\u001b[31m',
  '\u0085',
  '\u007f',
  '__proto__',
  'a\nb',
  'a\nb\n',
  'a\n\n',
  '\n',
  '\n\n',
  '\na',
  ' a\nb',
  '  a\n b\n',
  '\ta\nb',
  'a\n \nb',
  'a\n\tb',
  'a \nb ',
  'a\r\nb',
  '# a\nb',
  '- a\nb\n\n\n',
  'a: b\nc: d\n',
  '---\na',
  'a\n...\n',
  'a\n ',
  '!!str a',
];

const awkward = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc
    .array(fc.constantFrom(...AWKWARD, '\n', ' ', '\t', ':', '#', '-', 'a', '1'), { maxLength: 5 })
    .map((parts) => parts.join('')),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 5, arbitrary: awkward },
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      awkward.map((key) => key.slice(0, 60)),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
}));
/** `value` stands last, where a literal ends the document. */
const object = fc.record({ kind: scalar, spec: value }) as fc.Arbitrary<JsonObject>;

/** Half a surrogate pair cannot be written; it becomes U+FFFD. */
const written = (input: JsonValue): JsonValue =>
  JSON.parse(JSON.stringify(input).replaceAll(/\\ud[89a-f][0-9a-f]{2}/gi, '\ufffd')) as JsonValue;

const readers: readonly [string, (text: string) => unknown][] = [
  ['this reader', (text) => (isUnusual(text) ? readTree(text) : (readFast(text, 0, text.length) ?? readTree(text)))],
  ['the tree reader', readTree],
];
const parsers: readonly [string, (text: string) => unknown][] = [
  ['yaml 1.2', (text) => parse(text, { version: '1.2', uniqueKeys: false })],
  ['yaml 1.1', (text) => parse(text, { version: '1.1', uniqueKeys: false })],
  ['js-yaml', (text) => load(text)],
];

function check(text: string, expected: JsonValue): void {
  for (const [name, read] of readers) {
    const reading = read(text) as { ok: boolean; value?: unknown };
    expect(reading.ok && jsonEqual(asNumbers(reading.value), expected), `${name}: ${text}`).toBe(true);
  }
  for (const [name, read] of parsers) expect(jsonEqual(read(text), expected), `${name}: ${text}`).toBe(true);
}

const asNumbers = (input: unknown): unknown =>
  JSON.parse(JSON.stringify(input, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part)));

describe('writeObject', () => {
  it('prints as kubectl prints', () => {
    const text = writeObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: {}, annotations: { on: 'yes', 'a.b/c': '1.10' } },
      data: { script: 'set -e\necho "x"\n', empty: '', tail: 'a\nb', list: '- a' },
      spec: {
        ports: [{ port: 80, name: 'http' }, { port: 443 }],
        args: ['-x', '007', ''],
        nested: [[1, 2], []],
        big: 9007199254740993n,
      },
    });
    expect(text).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels: {}
  annotations:
    "on": "yes"
    a.b/c: "1.10"
data:
  script: |
    set -e
    echo "x"
  empty: ""
  tail: |-
    a
    b
  list: "- a"
spec:
  ports:
  - port: 80
    name: http
  - port: 443
  args:
  - "-x"
  - "007"
  - ""
  nested:
  - - 1
    - 2
  - []
  big: 9007199254740993
`);
  });

  it.each(AWKWARD)('is read alike by every reader: %j', (text) => {
    check(
      writeObject({ a: text, b: [text], [text]: { c: text } }),
      written({ a: text, b: [text], [text]: { c: text } }),
    );
    check(
      `a: ${flowText({ a: text, b: [text], [text]: 1 }, 'flow')}\n`,
      written({ a: { a: text, b: [text], [text]: 1 } }),
    );
  });

  it('is read alike by every reader, whatever the object', () => {
    fc.assert(
      fc.property(object, (input) => check(writeObject(input), written(input))),
      { numRuns: 500, seed: 5 },
    );
    fc.assert(
      fc.property(value, (input) => check(`a: ${flowText(input, 'flow')}\n`, written({ a: input }))),
      { numRuns: 500, seed: 6 },
    );
  });
});
