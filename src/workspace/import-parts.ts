import { differenceOf } from '../base/difference.ts';
import { groupVersionKindOf, formatGroupKind } from '../apimachinery/group-version-kind.ts';
import { PICTURES } from '../design/design.ts';
import type { Design, DesignRecord, DesignSegment } from '../design/design.ts';
import type { ReferenceGraph } from '../design/graph.ts';
import type { ManifestFile } from '../manifest/manifest.ts';
import type { ImportPart } from './protocol.ts';
import type { ImportAccount, SkippedPart } from './workspace.ts';

/** Records in one part: taking in so many keeps the page under its pause of 50 ms. */
const PART_SIZE = 400;

/** What an import brought, in parts. */
export function* importParts(before: Design, after: Design): Iterable<ImportPart> {
  const records: DesignRecord[] = [...differenceOf(before.records, after.records).added.values()];
  const segments: DesignSegment[] = [...differenceOf(before.segments, after.segments).added.values()];
  const files = [...differenceOf(before.files, after.files).added.values()];
  const placements = PICTURES.flatMap((picture) =>
    [...differenceOf(before.placements[picture], after.placements[picture]).added].map(
      ([record, placement]) => [picture, record, placement] as const,
    ),
  );
  const longest = Math.max(records.length, segments.length);
  for (let start = 0; start < longest; start += PART_SIZE) {
    const slice = <Item>(items: readonly Item[]): readonly Item[] => items.slice(start, start + PART_SIZE);
    yield { files: [], segments: slice(segments), records: slice(records), placements: [] };
  }
  yield { files, segments: [], records: [], placements };
}

/** How an import ended, with a line for everything that was not understood. */
export function importAccount(
  before: Design,
  after: Design,
  files: readonly ManifestFile[],
  graph: ReferenceGraph,
): Omit<ImportAccount, 'cancelled' | 'durationMs'> {
  const added = [...differenceOf(before.records, after.records).added.values()];
  const ids = new Set(added.map(({ id }) => id));
  const kinds = new Set(added.map(({ object }) => formatGroupKind(groupVersionKindOf(object))));
  const skipped: SkippedPart[] = files.flatMap(({ path, problems }) =>
    problems.map(({ id, position, params }) => ({
      file: path,
      line: position.line,
      column: position.column,
      id,
      params,
    })),
  );
  return {
    files: files.length,
    objects: added.length,
    kinds: kinds.size,
    references: graph.references.filter(({ from, to }) => ids.has(from) && to !== null).length,
    skipped,
  };
}
