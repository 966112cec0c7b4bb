import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readManifest, readStretch } from './read.ts';
import { changedStretch } from './reread.ts';

/** Pieces of which files are made, and which edits put in: what separates documents, what ends them, what breaks them. */
const PIECES = [
  'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n',
  'kind: [\n',
  'kind: {{ .Values.kind }}\n',
  'a: 1\na: 2\n',
  '---\n',
  '--- # next\n',
  '--- junk\n',
  '---',
  '...\n',
  '... # over\n',
  '....\n',
  '\n',
  '\r\n',
  '# words\n',
  '  ',
  '-',
  '{',
  '{"kind": "Secret"}\n',
  '# drydock:layout v1\n',
  '# drydock:layout v1 (joined)\n',
  'text: |\n  ---\n  x\n',
  'text: "\n---\n"\n',
  '\u2028',
  '\ufeff',
];

const piece = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(PIECES[0]!, '---\n') },
  { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
);
const text = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''));

/** The new text read as the edit of a file reads it, in the shape of a whole reading. */
function readAgain(before: string, after: string) {
  const old = readManifest('f', before);
  const stretch = changedStretch(old.segments, before, after);
  if (!stretch) return undefined;
  const { segments, problems } = readStretch(stretch.text);
  const passed = old.segments.slice(0, stretch.first).map((one) => one.text);
  const start = passed.join('').split('\n').length - 1;
  return {
    stretch,
    segments: [...old.segments.slice(0, stretch.first), ...segments, ...old.segments.slice(stretch.end)],
    own: problems.map(({ id, position }) => [id, position.line + start, position.column]),
  };
}

describe('reading a changed file again', () => {
  it('reads what changed to what the whole reads to', () => {
    const counts = { parts: 0, wholes: 0 };
    fc.assert(
      fc.property(text, text, fc.nat(), fc.nat(), (before, typed, at, removed) => {
        const from = at % (before.length + 1);
        const to = Math.min(before.length, from + (removed % 12));
        const old = readManifest('f', before);
        fc.pre(old.binary === undefined && !old.bom);
        const after = before.slice(0, from) + typed + before.slice(to);
        const again = readAgain(before, after);
        counts[again ? 'parts' : 'wholes']++;
        if (!again) return;
        const whole = readManifest('f', after);
        expect(again.segments).toEqual(whole.segments);
        const problems = whole.problems.map(({ id, position }) => [id, position.line, position.column]);
        for (const problem of again.own) expect(problems).toContainEqual(problem);
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(counts.parts).toBeGreaterThan(counts.wholes);
  });

  const object = (at: number): string => `apiVersion: v1\nkind: Secret\nx: ${at}\n`;
  it.each([
    ['a letter in one of five documents', 'x: 2\n', 'x: 25\n', 3],
    ['nothing', 'x: 2\n', 'x: 2\n', 0],
    ['a document more', 'x: 2\n', 'x: 2\n---\napiVersion: v1\nkind: Secret\n', 3],
    ['a document less', '---\napiVersion: v1\nkind: Secret\nx: 2\n', '', 1],
    [
      'the end of a separator',
      '---\napiVersion: v1\nkind: Secret\nx: 3\n',
      '---apiVersion: v1\nkind: Secret\nx: 3\n',
      1,
    ],
    ['the first document', 'x: 0\n', '# first\nx: 0\n', 2],
    ['the last document', 'x: 4\n', 'x: 4\ny: 1\n', 2],
  ])('%s: so many of its segments', (_, from, to, read) => {
    const before = [0, 1, 2, 3, 4].map(object).join('---\n');
    const stretch = changedStretch(readManifest('f', before).segments, before, before.replace(from, to))!;
    expect(readStretch(stretch.text).segments.length).toBe(read);
  });
});
