import type { Design, DesignFile, DesignRecord, Picture, Placement, PlacementKey } from '../design/design.ts';
import { withLayouts } from '../design/file-layout.ts';
import { designRegistry, freePath, rescope } from '../design/import.ts';
import type { KindRegistry } from '../kinds/registry.ts';
import type { ImportSession } from './import-session.ts';

/**
 * The design with what an import brought, on top of whatever a person did meanwhile: a path that is taken by now gets a
 * number, a frame that has a place keeps it, objects are scoped by the kinds that are known now. Both threads do this
 * with the same values and get the same design.
 */
export function joinImport(design: Design, brought: ImportSession, kinds: KindRegistry): Design {
  const renamed = new Map<string, string>();
  const files = new Map(design.files);
  for (const file of brought.files) {
    const path = freePath(file.path, new Set(files.keys()));
    if (path !== file.path) renamed.set(file.path, path);
    files.set(path, { ...file, path } satisfies DesignFile);
  }
  const records = new Map(design.records);
  for (const [id, record] of brought.records) records.set(id, moved(record, renamed));
  const joined: Design = {
    ...design,
    files,
    segments: new Map([...design.segments, ...brought.segments]),
    records,
    placements: withPlaced(design.placements, brought.placements),
  };
  const registry = designRegistry(joined, kinds);
  const scoped = registry === kinds ? joined : rescope(joined, registry);
  return brought.placements.length === 0 ? scoped : withLayouts(design, scoped, new Set());
}

function moved(record: DesignRecord, renamed: ReadonlyMap<string, string>): DesignRecord {
  const file = renamed.get(record.file);
  return file === undefined ? record : { ...record, file };
}

function withPlaced(
  before: Design['placements'],
  brought: readonly (readonly [Picture, PlacementKey, Placement])[],
): Design['placements'] {
  if (brought.length === 0) return before;
  const placements = { application: new Map(before.application), cluster: new Map(before.cluster) };
  for (const [picture, key, placement] of brought) {
    if (!placements[picture].has(key)) placements[picture].set(key, placement);
  }
  return placements;
}
