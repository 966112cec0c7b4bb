import { expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../kinds/index.ts';
import { readManifest } from '../manifest/read.ts';
import { EMPTY_DESIGN } from './design.ts';
import { replaceFile } from './edit-file.ts';
import { isRefused } from './edit-segment.ts';
import { exportDesign } from './export.ts';
import { addFiles } from './import.ts';

const object = (at: number): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${at}}\ndata: {a: "é${at}"}\n`;
const TEXT = Array.from({ length: 300 }, (_, at) => object(at)).join('---\n');

it.each([
  ['a letter in the middle', 'é150"', 'é150x"'],
  ['a document less', `---\n${object(120)}`, ''],
  ['a document more', `---\n${object(99)}`, `---\n${object(99)}---\n${object(1000)}`],
  ['the last line', 'é299"', 'ü"'],
])('after %s a file that was written before is written as it stands', (_, from, to) => {
  const bytesOf = (design: Parameters<typeof exportDesign>[0]) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(exportDesign(design, 'keep')[0]!.content);
  const before = addFiles(EMPTY_DESIGN, [readManifest('a.yaml', `\ufeff${TEXT}`)], BUILT_IN_KINDS);
  expect(bytesOf(before)).toBe(`\ufeff${TEXT}`);
  const after = replaceFile(before, BUILT_IN_KINDS, 'a.yaml', TEXT.replace(from, to));
  if (isRefused(after)) throw new Error(after.refused);
  expect(bytesOf(after)).toBe(`\ufeff${TEXT.replace(from, to)}`);
  expect(bytesOf(before)).toBe(`\ufeff${TEXT}`);
});
