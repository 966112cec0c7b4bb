import { stripLayout, writeLayout } from '../manifest/layout-comment.ts';
import type { LayoutEntry } from '../manifest/layout-comment.ts';
import type { Design, DesignFile } from './design.ts';
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
    const text = layout === 'drop' ? stripLayout(fileText(design, file)) : textWithLayout(design, file);
    return [{ path: file.path, content: file.binary === undefined ? encode(file, text) : bytesOf(file.binary) }];
  });
  return [...written, ...ownFiles(design, files, layout)];
}

function textWithLayout(design: Design, file: DesignFile): string {
  const text = fileText(design, file);
  if (!holdsComments(design, file)) return text;
  const now = layoutOf(design, file);
  return sameLayout(now, file.layout ?? []) ? text : writeLayout(text, now, file.lineEnd);
}

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
