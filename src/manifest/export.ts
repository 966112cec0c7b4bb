/** Writing a file back. */
import { layoutBlockStart } from './layout-block.ts';
import type { ManifestFile } from './manifest.ts';

/** The text of a file without its byte order mark: its segments joined. A binary file has none. */
function textOfFile(file: ManifestFile): string {
  return file.segments.map((segment) => segment.text).join('');
}

/**
 * The file as it is exported: byte for byte what was read where nothing was touched. `drop` leaves the layout comment out.
 * The answer is a string, or the bytes of a file that is no text.
 */
export function writeManifest(file: ManifestFile, options: { readonly layout: 'keep' | 'drop' }): Uint8Array | string {
  if (file.binary !== undefined) return file.binary;
  const text = textOfFile(file);
  const kept = options.layout === 'drop' ? text.slice(0, layoutBlockStart(text)) : text;
  return file.bom ? `\ufeff${kept}` : kept;
}
