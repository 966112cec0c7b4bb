import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEdit, choice } from './testdata/random-edits.ts';
import { DOCUMENTS } from './testdata/yaml-texts.ts';

describe('random edits of real-looking documents', () => {
  it('mean what they say, and touch only their own lines', () => {
    // The long form, over the corpora too, is test/fuzz/manifest-edit.fuzz.ts.
    const counts = { done: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENTS),
        fc.array(choice, { minLength: 1, maxLength: 4 }),
        (document, choices) => {
          const format = document.startsWith('{') ? 'json' : 'yaml';
          let text = document;
          for (const next of choices) {
            const outcome = checkEdit(text, format, next);
            counts[outcome === 'refused' ? 'refused' : 'done']++;
            if (outcome === 'refused') return;
            text = outcome.done;
          }
        },
      ),
      { numRuns: 300, seed: 31 },
    );
    expect(counts.refused).toBeLessThan(counts.done / 10);
  });
});
