/**
 * Long fuzz of the manifest readers: `npx vitest run --config test/fuzz/vitest.config.ts manifest`.
 * FUZZ_RUNS says how many texts (default 100,000), FUZZ_SEED where to begin; a failure prints both the text and its seed.
 * With DRYDOCK_CORPORA, or the corpora beside the project, their documents are mutated too.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readManifest } from '../../src/manifest/read.ts';
import { compareReaders } from '../../src/manifest/testdata/same-reading.ts';
import type { Comparison } from '../../src/manifest/testdata/same-reading.ts';
import { DOCUMENTS, mutated, yamlText } from '../../src/manifest/testdata/yaml-texts.ts';
import { corpusDocuments } from './corpus-documents.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 100_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
it('the fast reader answers as the library does', { timeout: 3_600_000 }, () => {
  const texts = fc.oneof(yamlText, mutated([...DOCUMENTS, ...corpusDocuments()]));
  const counts: Record<Comparison, number> = { same: 0, different: 0, 'left to the library': 0 };
  fc.assert(
    fc.property(texts, (text) => {
      const comparison = compareReaders(text);
      counts[comparison]++;
      return comparison !== 'different';
    }),
    { numRuns, seed },
  );
  console.log(counts);
});

it('reading never throws and keeps every character', { timeout: 3_600_000 }, () => {
  const texts = fc.oneof(
    yamlText,
    fc.string({ unit: 'binary', maxLength: 200 }),
    mutated([...DOCUMENTS, ...corpusDocuments()]),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const file = readManifest('a.yaml', text);
      expect(file.binary ?? (file.bom ? '\ufeff' : '') + file.segments.map((segment) => segment.text).join('')).toBe(
        text,
      );
    }),
    { numRuns, seed },
  );
});
