import { describe, expect, it } from 'vitest';
import { cursorPlace } from './cursor-place.ts';

/** `|` marks the cursor. */
const CASES: readonly (readonly [
  name: string,
  text: string,
  expected: readonly [string, string, string] | undefined,
])[] = [
  ['an empty text', '|', ['key', '', '']],
  ['a key of the root', 'api|', ['key', '', 'api']],
  ['the middle of a key', 'ki|nd: Pod', ['key', '', 'kind']],
  ['a value', 'kind: Po|', ['value', 'kind', 'Po']],
  ['an empty value', 'kind: |', ['value', 'kind', '']],
  ['no value right after the colon', 'kind:|', ['value', 'kind', '']],
  ['a key in a map', 'spec:\n  rep|', ['key', 'spec', 'rep']],
  ['an empty line in a map', 'spec:\n  replicas: 3\n  |', ['key', 'spec', '']],
  ['an empty line right below a key', 'spec:\n  |', ['item', 'spec', '']],
  ['an empty line further out', 'spec:\n  a: {}\n|', ['key', '', '']],
  ['the first key of an item', 'a:\n  - na|', ['key', 'a.0', 'na']],
  ['the first key of an item at the column of its list', 'a:\n- na|', ['key', 'a.0', 'na']],
  ['the second item', 'a:\n- x: 1\n- y|', ['key', 'a.1', 'y']],
  ['a further key of an item', 'a:\n  - x: 1\n    y|', ['key', 'a.0', 'y']],
  ['a value in an item', 'a:\n  - x: 1|', ['value', 'a.0.x', '1']],
  ['a key after a list at its own column', 'spec:\n  a:\n  - x: 1\n  b|', ['key', 'spec', 'b']],
  ['lists in lists', 'a:\n  - b:\n      - c: 1\n      - d|', ['key', 'a.0.b.1', 'd']],
  ['items of one line', 'a:\n  - - b|', ['key', 'a.0.0', 'b']],
  ['a quoted key', '"a b":\n  c|', ['key', 'a b', 'c']],
  ['a value before a comment', 'a: b| # c', ['value', 'a', 'b']],
  ['the second document', 'kind: Pod\n---\nsp|', ['key', '', 'sp']],
  ['after a block of text', 'data:\n  a: |-\n    x: 1\n  b|', ['key', 'data', 'b']],
  ['Windows line ends', 'spec:\r\n  rep|\r\n', ['key', 'spec', 'rep']],
  [
    'a key with a colon in its name',
    'metadata:\n  annotations:\n    a.b/c:d: |',
    ['value', 'metadata.annotations.a.b/c:d', ''],
  ],
  ['nothing in a comment', '# ki|', undefined],
  ['nothing in a block of text', 'data:\n  a: |-\n    x: |', undefined],
  ['a key in braces', 'a: {b|', ['key', 'a', 'b']],
  ['a key right behind a brace', 'a: {|}', ['key', 'a', '']],
  ['a second key in braces', 'a: { b: 1, c| }', ['key', 'a', 'c']],
  ['the middle of a key in braces', 'a: { b: 1, c|d: 2 }', ['key', 'a', 'cd']],
  ['a value in braces', 'a: { b: c| }', ['value', 'a.b', 'c']],
  ['an empty value in braces', 'a: { b: |}', ['value', 'a.b', '']],
  ['no value right after the colon in braces', 'a: { b:| }', undefined],
  ['an item in brackets', 'a: [b|', ['value', 'a.0', 'b']],
  ['a second item in brackets', 'a: [x, y|]', ['value', 'a.1', 'y']],
  ['a key in braces in brackets', 'a: [{ b: 1 }, { c|', ['key', 'a.1', 'c']],
  ['braces of several lines', 'a: {\n  b: 1,\n  c|\n}\n', ['key', 'a', 'c']],
  ['a key after braces of several lines', 'a: {\n  b: 1\n}\nc|', ['key', '', 'c']],
  ['a key after braces that have no end', 'a: {b\nc|', ['key', '', 'c']],
  ['a document of braces', '{"kind": "Po|d"}', ['value', 'kind', 'Pod']],
  ['braces in an item', 'a:\n  - { b|', ['key', 'a.0', 'b']],
  ['quotes that hold braces', 'a: { "}": 1, b| }', ['key', 'a', 'b']],
  ['nothing behind braces', 'a: { b: 1 }|', undefined],
  ['nothing in a comment in braces', 'a: {\n  # b|\n}', undefined],
  ['nothing in a comment behind a value', 'a: b # c|', undefined],
];

describe('where a cursor stands', () => {
  it.each(CASES)('%s', (_, marked, expected) => {
    const offset = marked.lastIndexOf('|');
    const text = marked.slice(0, offset) + marked.slice(offset + 1);
    const place = cursorPlace(text, offset);
    expect(place && [place.what, place.path.join('.'), text.slice(place.from, place.to)]).toEqual(expected);
  });
});
