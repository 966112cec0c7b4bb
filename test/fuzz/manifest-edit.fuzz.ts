/**
 * Long fuzz of the editor: `npx vitest run --config test/fuzz/vitest.config.ts manifest-edit`, with FUZZ_RUNS (default
 * 20,000) and FUZZ_SEED. Random edits of documents of the corpora, where they are, and of the documents of the unit tests.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DocumentSegment } from '../../src/manifest/manifest.ts';
import { parseForEdit } from '../../src/manifest/edit-source.ts';
import { readManifest } from '../../src/manifest/read.ts';
import { checkEdit, choice } from '../../src/manifest/testdata/random-edits.ts';
import { DOCUMENTS } from '../../src/manifest/testdata/yaml-texts.ts';
import { corpusDocuments } from './corpus-documents.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 20_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

/** Documents that hold objects and that the editor can parse; aliases, whose edits may rightly be refused, are left out. */
const documents = [...DOCUMENTS, ...corpusDocuments()]
  .flatMap((text) => readManifest('a.yaml', text).segments)
  .filter((segment): segment is DocumentSegment => segment.type === 'document')
  .filter(({ text, format }) => !/[&*]\w/.test(text) && parseForEdit(text, format) !== undefined);

it('edits mean what they say, and touch only their own lines', { timeout: 3_600_000 }, () => {
  const counts = { done: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      fc.array(choice, { minLength: 1, maxLength: 3 }),
      (document, choices) => {
        let { text } = document;
        for (const next of choices) {
          const outcome = checkEdit(text, document.format, next);
          counts[outcome === 'refused' ? 'refused' : 'done']++;
          if (outcome === 'refused') return;
          text = outcome.done;
        }
      },
    ),
    { numRuns, seed },
  );
  console.log(documents.length, counts);
  expect(counts.done).toBeGreaterThan(0);
});
