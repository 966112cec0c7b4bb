import { describe, expect, it } from 'vitest';
import type { Edit, EditRefusal } from './edit.ts';
import { appendItem, applyEdits, deleteValue, insertItem, moveItem, renameKey, setValue } from './edit.ts';

const edited = (text: string, ...edits: Edit[]): string => {
  const result = applyEdits(text, text.startsWith('{') ? 'json' : 'yaml', edits);
  return result.ok ? result.text : `${result.reason} ${JSON.stringify(result.params)}`;
};

const windows = (lines: string): string => lines.replaceAll('\n', '\r\n');

describe('a changed value', () => {
  it.each<[string, string, Edit, string]>([
    ['keeps its comment and quotes', 'a: "x"   # c\n', { op: 'set', path: ['a'], value: 'y' }, 'a: "y"   # c\n'],
    ['keeps single quotes', "a: 'x'\n", { op: 'set', path: ['a'], value: "it's" }, "a: 'it''s'\n"],
    ['is quoted where it must be', 'a: x\n', { op: 'set', path: ['a'], value: 'on' }, 'a: "on"\n'],
    [
      'fills an empty value before its comment',
      'a: # c\nb: 1\n',
      { op: 'set', path: ['a'], value: 1 },
      'a: 1 # c\nb: 1\n',
    ],
    ['becomes a map below its comment', 'a: {} # c\n', { op: 'set', path: ['a', 'b'], value: 1 }, 'a: # c\n  b: 1\n'],
    [
      'becomes a literal',
      'a: x # c\nb: 1\n',
      { op: 'set', path: ['a'], value: 'p\nq\n' },
      'a: | # c\n  p\n  q\nb: 1\n',
    ],
    ['leaves a literal', 'a: |\n  p\n  q\nb: 1\n', { op: 'set', path: ['a'], value: 'r' }, 'a: r\nb: 1\n'],
    ['stays exact', 'a: 1\n', { op: 'set', path: ['a'], value: 9007199254740993n }, 'a: 9007199254740993\n'],
    [
      'keeps an anchor elsewhere',
      'a: &x 1\nb: *x\nc: 2\n',
      { op: 'set', path: ['c'], value: 3 },
      'a: &x 1\nb: *x\nc: 3\n',
    ],
    ['replaces an alias', 'a: &x 1\nb: *x\n', { op: 'set', path: ['b'], value: 3 }, 'a: &x 1\nb: 3\n'],
    [
      'overrides a merged field',
      'a: &x {p: 1}\nb:\n  <<: *x\n',
      { op: 'set', path: ['b', 'p'], value: 3 },
      'a: &x {p: 1}\nb:\n  <<: *x\n  p: 3\n',
    ],
    ['changes the last of equal keys', 'a: 1\na: 2\n', { op: 'set', path: ['a'], value: 3 }, 'a: 1\na: 3\n'],
    [
      'is found under the key that kubectl reads',
      'a:\n  on: 1\n',
      { op: 'set', path: ['a', 'true'], value: 2 },
      'a:\n  on: 2\n',
    ],
    [
      'in a flow list of lines',
      'a: [\n  1,\n  2,\n]\n',
      { op: 'append', path: ['a'], value: 3 },
      'a: [\n  1,\n  2,\n  3,\n]\n',
    ],
    ['a flow set gets its value', 'a: {b}\n', { op: 'set', path: ['a', 'b'], value: 1 }, 'a: {b: 1}\n'],
    ['__proto__ is a key', 'a: {}\n', { op: 'set', path: ['a', '__proto__'], value: 1 }, 'a:\n  __proto__: 1\n'],
  ])('%s', (_name, text, edit, expected) => {
    expect(edited(text, edit)).toBe(expected);
    expect(edited(windows(text), edit)).toBe(windows(expected));
  });
});

describe('a new field', () => {
  it.each<[string, string, Edit, string]>([
    [
      'is indented as the document is',
      'a:\n    b: 1\n',
      { op: 'set', path: ['c', 'd'], value: 1 },
      'a:\n    b: 1\nc:\n    d: 1\n',
    ],
    [
      'a list is indented as its sibling is',
      'a:\n  - 1\n',
      { op: 'set', path: ['c'], value: [1] },
      'a:\n  - 1\nc:\n  - 1\n',
    ],
    [
      'stands after the comment of the last line',
      'a:\n  b: 1 # c\n\n# end\n',
      { op: 'set', path: ['a', 'd'], value: 1 },
      'a:\n  b: 1 # c\n  d: 1\n\n# end\n',
    ],
    ['at the end of a text without newline', 'a: 1', { op: 'set', path: ['b'], value: 2 }, 'a: 1\nb: 2'],
    [
      'after a literal',
      'a:\n  b: |\n    x\n\nc: 1\n',
      { op: 'set', path: ['a', 'd'], value: 1 },
      'a:\n  b: |\n    x\n  d: 1\n\nc: 1\n',
    ],
    [
      'after a literal that keeps its blank lines',
      'a:\n  b: |+\n    x\n\nc: 1\n',
      { op: 'set', path: ['a', 'd'], value: 1 },
      'a:\n  b: |+\n    x\n\n  d: 1\nc: 1\n',
    ],
    [
      'a list that is missing',
      'a: 1\n',
      { op: 'append', path: ['b', 'c'], value: { x: 1, z: 2 } },
      'a: 1\nb:\n  c:\n  - x: 1\n    z: 2\n',
    ],
    ['a list that is null', 'a:\n', { op: 'append', path: ['a'], value: 1 }, 'a:\n- 1\n'],
    [
      'in JSON',
      '{\n    "a": 1\n}\n',
      { op: 'set', path: ['b', 'c'], value: ['x'] },
      '{\n    "a": 1,\n    "b": {\n        "c": [\n            "x"\n        ]\n    }\n}\n',
    ],
    [
      'in JSON on one line',
      '{"a": 1}',
      { op: 'set', path: ['b'], value: { c: [1, 'x'] } },
      '{"a": 1, "b": {"c": [1, "x"]}}',
    ],
    [
      'in an item of a List',
      'items:\n- a: 1\n- b:\n    c: 1\n',
      { op: 'set', path: ['items', 1, 'b', 'd'], value: 2 },
      'items:\n- a: 1\n- b:\n    c: 1\n    d: 2\n',
    ],
  ])('%s', (_name, text, edit, expected) => expect(edited(text, edit)).toBe(expected));
});

describe('deleting', () => {
  it.each<[string, string, Edit, string]>([
    ['an entry with all below it', 'a:\n  b: 1\n  # c\n  c: 2\nd: 1\n', { op: 'delete', path: ['a'] }, 'd: 1\n'],
    ['the last entry of a map', 'a:\n  b: 1\nc: 2\n', { op: 'delete', path: ['a', 'b'] }, 'a: {}\nc: 2\n'],
    [
      'the last entry below a comment',
      'a: # x\n  # y\n  b: 1\nc: 2\n',
      { op: 'delete', path: ['a', 'b'] },
      'a: {} # x\n  # y\nc: 2\n',
    ],
    ['the last item of a list', 'a:\n- 1\nc: 2\n', { op: 'delete', path: ['a', 0] }, 'a: []\nc: 2\n'],
    ['the first key behind a dash', 'a:\n- b: 1\n  c: 2\n', { op: 'delete', path: ['a', 0, 'b'] }, 'a:\n- c: 2\n'],
    [
      'the first key behind a dash with a comment after it',
      'a:\n- b: 1\n  # x\n  c: 2\n',
      { op: 'delete', path: ['a', 0, 'b'] },
      'a:\n-\n  # x\n  c: 2\n',
    ],
    ['the only key behind a dash', 'a:\n- b: 1\n- 2\n', { op: 'delete', path: ['a', 0, 'b'] }, 'a:\n- {}\n- 2\n'],
    ['the last line of a text without newline', 'a: 1\nb: 2', { op: 'delete', path: ['b'] }, 'a: 1'],
    ['a key that stands twice', 'a: 1\nb: 2\na: 3\n', { op: 'delete', path: ['a'] }, 'b: 2\n'],
    ['a key that stands twice in JSON', '{"a": 1, "b": 2, "a": 3}', { op: 'delete', path: ['a'] }, '{"b": 2}'],
    ['what is not there', 'a: 1\n', { op: 'delete', path: ['b', 'c'] }, 'a: 1\n'],
    [
      'in the middle of JSON',
      '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}',
      { op: 'delete', path: ['b'] },
      '{\n  "a": 1,\n  "c": 3\n}',
    ],
    ['at the end of JSON', '{\n  "a": 1,\n  "b": 2\n}', { op: 'delete', path: ['b'] }, '{\n  "a": 1\n}'],
  ])('%s', (_name, text, edit, expected) => expect(edited(text, edit)).toBe(expected));
});

describe('lists and keys', () => {
  it('inserts, moves and renames', () => {
    const text = 'a:\n- x: 1\n  y: 2\n# about z\n- z # end\n';
    expect(insertItem(text, 'yaml', ['a'], 0, { m: 1 })).toEqual({
      ok: true,
      text: 'a:\n- m: 1\n- x: 1\n  y: 2\n# about z\n- z # end\n',
    });
    expect(insertItem(text, 'yaml', ['a'], 1, 7)).toEqual({
      ok: true,
      text: 'a:\n- x: 1\n  y: 2\n- 7\n# about z\n- z # end\n',
    });
    expect(moveItem(text, 'yaml', ['a'], 1, 0)).toEqual({
      ok: true,
      text: 'a:\n- z # end\n# about z\n- x: 1\n  y: 2\n',
    });
    expect(renameKey(text, 'yaml', ['a', 0, 'x'], 'no')).toEqual({
      ok: true,
      text: 'a:\n- "no": 1\n  y: 2\n# about z\n- z # end\n',
    });
    expect(appendItem('a: [b]\n', 'yaml', ['a'], 'c')).toEqual({ ok: true, text: 'a: [b, c]\n' });
    expect(deleteValue('a: [b, c]\n', 'yaml', ['a', 0])).toEqual({ ok: true, text: 'a: [c]\n' });
    expect(setValue('a: [b, c]\n', 'yaml', ['a', 1], 'd, e')).toEqual({ ok: true, text: 'a: [b, "d, e"]\n' });
  });

  it('puts a map over a map by its differences, so that comments live', () => {
    const text = 'a:\n  b: 1 # one\n  c: 2 # two\n  d: [1, 2] # list\n';
    expect(edited(text, { op: 'set', path: ['a'], value: { b: 1, d: [1, 3, 2], e: 4 } })).toBe(
      'a:\n  b: 1 # one\n  d: [1, 3, 2] # list\n  e: 4\n',
    );
  });

  it('does several edits or none', () => {
    expect(edited('a: 1\n', { op: 'set', path: ['b'], value: 1 }, { op: 'delete', path: ['a'] })).toBe('b: 1\n');
    expect(
      applyEdits('a: 1\n', 'yaml', [
        { op: 'set', path: ['b'], value: 1 },
        { op: 'set', path: ['a', 'x'], value: 1 },
      ]).ok,
    ).toBe(false);
  });
});

const item = (index: number): string =>
  `- # item ${index}\n  apiVersion: v1\n  kind: Pod\n  metadata:\n    name: p${index}\n  spec: |\n    x\n# between\n`;

describe('a large List', () => {
  const count = 4000;
  const list = `kind: List\nitems:\n${Array.from({ length: count }, (_, index) => item(index)).join('')}after: 1\n`;

  it.each([0, 2000, count - 1])('is edited in item %i alone', (index) => {
    const start = performance.now();
    const result = setValue(list, 'yaml', ['items', index, 'metadata', 'labels', 'a'], 'on');
    expect(result).toEqual({
      ok: true,
      text: list.replace(`    name: p${index}\n`, `    name: p${index}\n    labels:\n      a: "on"\n`),
    });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('in JSON too', () => {
    const value = { kind: 'List', items: Array.from({ length: count }, (_, index) => ({ kind: 'Pod', n: index })) };
    const text = JSON.stringify(value, null, 2);
    const result = setValue(text, 'json', ['items', 7, 'n'], 'x');
    expect(result).toEqual({ ok: true, text: text.replace('"n": 7\n', '"n": "x"\n') });
  });
});

describe('refusals', () => {
  it.each<[EditRefusal, string, Edit]>([
    ['edit.insideAlias', 'a: &x {p: 1}\nb: *x\n', { op: 'set', path: ['b', 'p'], value: 2 }],
    ['edit.insideMerge', 'a: &x {p: {q: 1}}\nb:\n  <<: *x\n', { op: 'set', path: ['b', 'p', 'q'], value: 2 }],
    ['edit.insideMerge', 'a: &x {p: 1}\nb:\n  <<: *x\n', { op: 'delete', path: ['b', 'p'] }],
    ['edit.notPossible', 'a: &x {p: 1}\nb: *x\n', { op: 'set', path: ['a', 'p'], value: 2 }],
    ['edit.notAMap', 'a: 1\n', { op: 'set', path: ['a', 'b'], value: 2 }],
    ['edit.notAList', 'a: {b: 1}\n', { op: 'append', path: ['a'], value: 2 }],
    ['edit.noSuchItem', 'a: [1]\n', { op: 'set', path: ['a', 5], value: 2 }],
    ['edit.noSuchKey', 'a: 1\n', { op: 'rename', path: ['b'], key: 'c' }],
    ['edit.keyExists', 'a: 1\nb: 2\n', { op: 'rename', path: ['b'], key: 'a' }],
    ['edit.unparsed', 'a: b: c\n', { op: 'set', path: ['a'], value: 2 }],
  ])('%s', (reason, text, edit) => {
    const result = applyEdits(text, 'yaml', [edit]);
    expect(result.ok ? result.text : result.reason).toBe(reason);
  });
});
