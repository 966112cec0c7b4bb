import { nameOf } from '../apimachinery/object.ts';
import { parseLayout } from '../manifest/layout-comment.ts';
import type { LayoutEntry } from '../manifest/layout-comment.ts';
import { PICTURES } from './design.ts';
import type { Design, DesignFile, DesignRecord, Picture, Placement, PlacementKey } from './design.ts';
import { isDrawnKey, withArrowEnds } from './drawn.ts';
import { isNamespace } from './namespace-names.ts';
import { readOwnLayout } from './own-file.ts';
import { segmentOf } from './records.ts';

const FRAME = 'frame:';

/** The records of a file in the order of its text. */
export function recordsOf(design: Design, file: DesignFile): readonly DesignRecord[] {
  return file.segments.flatMap((id) => {
    const segment = segmentOf(design, id);
    return segment.type === 'document' ? segment.records.map((record) => design.records.get(record)!) : [];
  });
}

/**
 * What the layout of a file says now: where each of its records stands that a person placed, by identity, and the frames
 * around them. The first of two records of one identity counts.
 */
export function layoutOf(design: Design, file: DesignFile): readonly LayoutEntry[] {
  if (PICTURES.every((picture) => design.placements[picture].size === 0)) return [];
  const records = recordsOf(design, file);
  const isBearer = bearerOfDrawn(design) === file.path;
  return PICTURES.flatMap((picture) => [
    ...layoutIn(picture, design.placements[picture], records),
    ...(isBearer ? drawnEntries(design, picture) : []),
  ]);
}

/** The file that carries what is drawn and belongs to no object: the first that can hold a layout. */
function bearerOfDrawn({ files }: Design): string | undefined {
  for (const { path, isOwn, binary } of files.values()) if (isOwn !== true && binary === undefined) return path;
  return undefined;
}

/** An arrow whose end is gone is not written. */
function drawnEntries(design: Design, picture: Picture): readonly LayoutEntry[] {
  return [...design.placements[picture]].flatMap(([key, placement]) => {
    if (!isDrawnKey(key)) return [];
    const written = withArrowEnds(placement, (end) => design.records.get(end)?.identity);
    return written === undefined ? [] : [{ picture, key, ...written }];
  });
}

function layoutIn(
  picture: Picture,
  placements: ReadonlyMap<PlacementKey, Placement>,
  records: readonly DesignRecord[],
): readonly LayoutEntry[] {
  const entries = new Map<string, LayoutEntry>();
  const place = (key: string, at: Placement | undefined): void => {
    if (at && !entries.has(key)) entries.set(key, { picture, key, ...at });
  };
  for (const record of records) {
    const at = placements.get(record.id);
    place(record.identity, at);
    const frame = frameOf(record);
    if (at || isNamespace(record)) place(frame, placements.get(frame));
  }
  return [...entries.values()];
}

/** A Namespace is the frame of its objects, everything else stands in one. */
export function frameOf(record: DesignRecord): PlacementKey {
  return FRAME + (isNamespace(record) ? nameOf(record.object) : record.namespace);
}

/** By what a record is placed: a Namespace as the frame it is, everything else by itself. */
export function placementKeyOf(record: DesignRecord): PlacementKey {
  return isNamespace(record) ? frameOf(record) : record.id;
}

/** Whether two layouts say the same, in whatever order. */
export function sameLayout(a: readonly LayoutEntry[], b: readonly LayoutEntry[]): boolean {
  if (a.length !== b.length) return false;
  const lines = new Set(a.map(lineOf));
  return b.every((entry) => lines.has(lineOf(entry)));
}

function lineOf({ picture, key, x, y, width, height, drawn }: LayoutEntry): string {
  return JSON.stringify([picture, key, x, y, width ?? null, height ?? null, drawn ?? null]);
}

/**
 * The design with the places that the layouts of some of its files give to what has none yet, and with a note in every
 * file of what its layout says: it is written again only once that is no longer true. `before` is the design without
 * the new files.
 */
export function withLayouts(before: Design, after: Design, paths: ReadonlySet<string>): Design {
  const placed = placedBy(after, paths);
  const files = new Map(after.files);
  let noted = false;
  for (const [path, file] of after.files) {
    const isUntouched = !before.files.has(path) || sameLayout(layoutOf(before, file), file.layout ?? []);
    const now = isUntouched ? layoutOf(placed, file) : [];
    if (!isUntouched || sameLayout(now, file.layout ?? [])) continue;
    files.set(path, { ...file, layout: now });
    noted = true;
  }
  return noted ? { ...placed, files } : placed;
}

function placedBy(design: Design, paths: ReadonlySet<string>): Design {
  const placements = {
    application: new Map(design.placements.application),
    cluster: new Map(design.placements.cluster),
  };
  let changed = false;
  const put = (picture: Picture, key: PlacementKey | undefined, { x, y, width, height, drawn }: LayoutEntry): void => {
    if (key === undefined || placements[picture].has(key)) return;
    const size = width === undefined || height === undefined ? {} : { width, height };
    placements[picture].set(key, { x, y, ...size, ...(drawn === undefined ? {} : { drawn }) });
    changed = true;
  };
  let every: ReadonlyMap<string, string> | undefined;
  const everyId = (): ReadonlyMap<string, string> => (every ??= identitiesOf(design.records.values()));
  for (const path of paths) {
    const file = design.files.get(path)!;
    const entries = file.isOwn ? readOwnLayout(design, file) : readBlock(design, file);
    if (entries.length === 0) continue;
    const ids = identitiesOf(file.isOwn ? design.records.values() : recordsOf(design, file));
    for (const entry of entries) {
      const picture = PICTURES.find((known) => known === entry.picture);
      if (!picture) continue;
      const isOwnKey = entry.key.startsWith(FRAME) || isDrawnKey(entry.key);
      const placed = withArrowEnds(entry, (end) => ids.get(end) ?? everyId().get(end));
      if (placed) put(picture, isOwnKey ? entry.key : ids.get(entry.key), { ...entry, ...placed });
    }
  }
  return changed ? { ...design, placements } : design;
}

/** The layout comment is the end of the last segment. */
function readBlock(design: Design, file: DesignFile): readonly LayoutEntry[] {
  const last = file.segments.at(-1);
  const segment = last === undefined ? undefined : segmentOf(design, last);
  return segment?.type === 'raw' ? (parseLayout(segment.text)?.entries ?? []) : [];
}

function identitiesOf(records: Iterable<DesignRecord>): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const { identity, id } of records) if (!ids.has(identity)) ids.set(identity, id);
  return ids;
}
