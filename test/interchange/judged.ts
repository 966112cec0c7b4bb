import { EMPTY_DESIGN } from '../../src/design/design.ts';
import { addFiles, designRegistry } from '../../src/design/import.ts';
import { judgeContextOf, preloadValidity, verdictOf } from '../../src/design/validity.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { readManifest } from '../../src/manifest/read.ts';

/** What an API server of the pinned release refuses among the objects of a text, and what does not even read. */
export async function refusalsOf(
  text: string,
): Promise<{ readonly objects: number; readonly refused: readonly string[] }> {
  const file = readManifest('made.yaml', text);
  const design = addFiles(EMPTY_DESIGN, [file], BUILT_IN_KINDS);
  const registry = designRegistry(design, BUILT_IN_KINDS);
  await preloadValidity(design, registry);
  const context = judgeContextOf(design, registry);
  const refused = [...design.records.values()].flatMap((record) => {
    const verdict = verdictOf(record, context);
    return verdict.valid === true ? [] : [`${record.identity}: ${verdict.message}`];
  });
  return { objects: design.records.size, refused: [...file.problems.map(({ id }) => id), ...refused] };
}
