import { EMPTY_DESIGN } from '../design/design.ts';
import type { Design, RecordId } from '../design/design.ts';
import { addFiles } from '../design/import.ts';
import { readManifest } from '../manifest/read.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { ExportedFile, HistoryStep } from './workspace.ts';

/** A design read anew from files that somebody else changed, as a step; what was selected is found again by identity. */
export function replacedFiles(
  design: Design,
  files: readonly ExportedFile[],
  kinds: KindRegistry,
  selection: ReadonlySet<RecordId>,
): [design: Design, step: HistoryStep, select: readonly RecordId[]] {
  const read = files.map(({ path, content }) => readManifest(path, content));
  const next = addFiles({ ...EMPTY_DESIGN, nextId: design.nextId }, read, kinds);
  const chosen = new Set([...selection].flatMap((id) => design.records.get(id)?.identity ?? []));
  const select = [...next.records.values()].filter(({ identity }) => chosen.has(identity)).map(({ id }) => id);
  return [next, { id: 'files.replace', params: {} }, select];
}
