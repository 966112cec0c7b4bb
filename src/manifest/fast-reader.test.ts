import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFast } from './fast-reader.ts';
import { compareReaders } from './testdata/same-reading.ts';
import { DOCUMENTS, yamlText } from './testdata/yaml-texts.ts';

describe('the fast reader', () => {
  it('reads what manifests are made of by itself', () => {
    for (const document of DOCUMENTS) expect(readFast(document, 0, document.length)?.ok).toBe(true);
  });

  it.each([
    'v: &a 1\n',
    'v: *a\n',
    'v: !!str 1\n',
    '<<: {a: 1}\n',
    '? a\n: b\n',
    'v: [a: b]\n',
    'v:\t1\n',
    'a: b: c\n',
    '%YAML 1.1\n',
  ])('leaves %j to the library', (text) => expect(readFast(text, 0, text.length)).toBeUndefined());

  it('never answers otherwise than the library', () => {
    // The long form of this test is test/fuzz/manifest.fuzz.ts.
    fc.assert(
      fc.property(yamlText, (text) => compareReaders(text) !== 'different'),
      { numRuns: 4000, seed: 20 },
    );
  });
});
