import { layoutBlockStart } from '../manifest/layout-block.ts';
import type { Design, DesignFile } from './design.ts';
import { fileText } from './records.ts';

export interface ExportedDesignFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** The files of a design as they are saved: byte for byte what was read where nothing was touched. */
export function exportDesign(design: Design, layout: 'keep' | 'drop'): readonly ExportedDesignFile[] {
  return [...design.files.values()].map((file) => ({ path: file.path, content: bytesOf(design, file, layout) }));
}

function bytesOf(design: Design, file: DesignFile, layout: 'keep' | 'drop'): Uint8Array {
  if (file.binary !== undefined) return typeof file.binary === 'string' ? encode(file.binary) : file.binary;
  const text = fileText(design, file);
  const kept = layout === 'drop' ? text.slice(0, layoutBlockStart(text)) : text;
  return encode(file.bom ? `\ufeff${kept}` : kept);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
