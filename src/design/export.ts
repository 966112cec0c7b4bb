import { sameItems } from '../base/same-items.ts';
import { stripLayout, writeLayout } from '../manifest/layout-comment.ts';
import type { LayoutEntry } from '../manifest/layout-comment.ts';
import type { Design, DesignFile, DesignSegment } from './design.ts';
import { layoutOf, sameLayout } from './file-layout.ts';
import { freePath } from './import.ts';
import { OWN_FILE, replaceOwnLayout } from './own-file.ts';
import { fileText, segmentOf } from './records.ts';

export interface ExportedDesignFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * The files of a design as they are saved: byte for byte what was read where nothing was touched. The layout is written
 * only once it says something else than when the file was read, so only after a person placed something. `drop` leaves
 * every layout out.
 */
export function exportDesign(design: Design, layout: 'keep' | 'drop'): readonly ExportedDesignFile[] {
  const files = [...design.files.values()];
  const written = files.flatMap((file) => {
    if (file.isOwn) return [];
    return [
      { path: file.path, content: file.binary === undefined ? bytes(design, file, layout) : bytesOf(file.binary) },
    ];
  });
  return [...written, ...ownFiles(design, files, layout)];
}

function bytes(design: Design, file: DesignFile, layout: 'keep' | 'drop'): Uint8Array {
  if (layout === 'drop') return encode(file, stripLayout(fileText(design, file)));
  const now = holdsComments(design, file) ? layoutOf(design, file) : undefined;
  return now === undefined || sameLayout(now, file.layout ?? [])
    ? segmentBytes(design, file)
    : encode(file, writeLayout(fileText(design, file), now, file.lineEnd));
}

/** Segments that were encoded as one, by the first of them. */
interface Block {
  readonly segments: readonly DesignSegment[];
  readonly bytes: Uint8Array;
}

/** Asked for whenever the design is kept: of a large file one block is another. */
const encoded = new WeakMap<DesignSegment, Block>();

/** About a hundred segments, cut by their names: who adds or deletes some changes one block. */
function blocksOf(design: Design, file: DesignFile): readonly (readonly DesignSegment[])[] {
  const blocks: DesignSegment[][] = [];
  let open = false;
  for (const id of file.segments) {
    const segment = segmentOf(design, id);
    if (open) blocks.at(-1)!.push(segment);
    else blocks.push([segment]);
    open = !id.endsWith('00');
  }
  return blocks;
}

function blockBytes(segments: readonly DesignSegment[]): Uint8Array {
  const known = encoded.get(segments[0]!);
  if (known !== undefined && sameItems(known.segments, segments)) return known.bytes;
  const bytes = new TextEncoder().encode(segments.map(({ text }) => text).join(''));
  encoded.set(segments[0]!, { segments, bytes });
  return bytes;
}

/** A file as its segments stand. No character goes over the end of a segment, which is that of a line. */
function segmentBytes(design: Design, file: DesignFile): Uint8Array {
  const blocks = blocksOf(design, file).map(blockBytes);
  const parts = file.bom ? [BYTE_ORDER_MARK, ...blocks] : blocks;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const BYTE_ORDER_MARK = new TextEncoder().encode('\ufeff');

/** A comment in JSON would be an error. */
function holdsComments(design: Design, file: DesignFile): boolean {
  return (
    file.binary === undefined &&
    file.segments.every((id) => {
      const segment = segmentOf(design, id);
      return segment.type === 'raw' || segment.format === 'yaml';
    })
  );
}

/** Drydock's own files: as they were, unless the layout of a JSON file has changed. */
function ownFiles(
  design: Design,
  files: readonly DesignFile[],
  layout: 'keep' | 'drop',
): readonly ExportedDesignFile[] {
  const json = files.filter((file) => !file.isOwn && !holdsComments(design, file));
  const now = layout === 'drop' ? [] : json.flatMap((file) => layoutOf(design, file));
  const isSame = layout === 'keep' && json.every((file) => sameLayout(layoutOf(design, file), file.layout ?? []));
  const own = files.filter(({ isOwn }) => isOwn);
  if (own.length === 0 && !isSame && now.length > 0) own.push(newOwnFile(design));
  return own.flatMap((file, index) => {
    const text = fileText(design, file);
    const next = isSame ? text : replaceOwnLayout(text, index === 0 ? withoutRepeats(now) : []);
    return next === '' && !isSame ? [] : [{ path: file.path, content: encode(file, next) }];
  });
}

function newOwnFile({ files }: Design): DesignFile {
  const path = freePath(OWN_FILE, new Set(files.keys()));
  return { path, bom: false, lineEnd: '\n', segments: [], problems: [], isOwn: true };
}

/** Frames around objects of several files are told once. */
function withoutRepeats(entries: readonly LayoutEntry[]): readonly LayoutEntry[] {
  return [...new Map(entries.map((entry) => [`${entry.picture} ${entry.key}`, entry])).values()];
}

function encode({ bom }: DesignFile, text: string): Uint8Array {
  return new TextEncoder().encode(bom ? `\ufeff${text}` : text);
}

function bytesOf(binary: Uint8Array | string): Uint8Array {
  return typeof binary === 'string' ? new TextEncoder().encode(binary) : binary;
}
