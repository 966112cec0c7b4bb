import { describe, expect, it } from 'vitest';
import { mergeFiles } from './merge-files.ts';

const files = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([path, text]) => ({ path, content: new TextEncoder().encode(text) }));
const map = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {key: ${value}}\n`;
const joined = (
  base: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
  theirs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined => {
  const merged = mergeFiles(files(base), files(ours), files(theirs));
  return merged && Object.fromEntries(merged.map(({ path, content }) => [path, new TextDecoder().decode(content)]));
};

const [A, B] = [map('a', 'one'), map('b', 'one')];
const [A2, B2] = [map('a', 'two'), map('b', 'two')];
const C = map('c', 'one');

describe('two tabs on one design', () => {
  it.each([
    ['each changed another file', { x: A, y: B }, { x: A2, y: B }, { x: A, y: B2 }, { x: A2, y: B2 }],
    [
      'each changed another document',
      { x: `${A}---\n${B}` },
      { x: `${A2}---\n${B}` },
      { x: `${A}---\n${B2}` },
      { x: `${A2}---\n${B2}` },
    ],
    ['one added a file, the other changed one', { x: A }, { x: A, y: B }, { x: A2 }, { x: A2, y: B }],
    ['one deleted what the other left alone', { x: A, y: B }, { x: A2 }, { x: A, y: B }, { x: A2 }],
    [
      'one added a document, the other changed one',
      { x: `${A}---\n${B}` },
      { x: `${A}---\n${B}---\n${C}` },
      { x: `${A2}---\n${B}` },
      { x: `${A2}---\n${B}---\n${C}` },
    ],
    ['both did the same', { x: A }, { x: A2 }, { x: A2 }, { x: A2 }],
  ])('%s', (_, base, ours, theirs, expected) => {
    const result = joined(base, ours, theirs);
    expect(result && Object.fromEntries(Object.entries(result).sort())).toEqual(expected);
  });

  it.each([
    ['both changed one document', { x: A }, { x: A2 }, { x: map('a', 'three') }],
    ['one deleted the document that the other changed', { x: `${A}---\n${B}` }, { x: A }, { x: `${A}---\n${B2}` }],
    ['both added a file of one name', {}, { x: A }, { x: B }],
  ])('is left to a person when %s', (_, base, ours, theirs) => {
    expect(joined(base, ours, theirs)).toBeUndefined();
  });
});
