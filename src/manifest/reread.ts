/** Reading a file again whose text changed in places: only the documents around what changed are read. */
import type { Segment } from './manifest.ts';

/** A segment of the file as it was. */
type Old = Pick<Segment, 'type' | 'text'> & { readonly format?: 'yaml' | 'json' };

/** Where a file has to be read again. */
export interface Stretch {
  /** Segments from `first` up to, and without, `end` give way to what is read of `text`. */
  readonly first: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The shortest stretch that reads to the same segments on its own as in the whole new text, while the rest stays as it
 * was; undefined where only the whole can be read. It begins where a document ended and ends after the separator of the
 * next one, for kubectl cuts at the lines of separators before it reads any YAML (see split.ts). `before` is the text of
 * the old segments, one after the other. Costs two comparisons of the text, in large pieces.
 */
export function changedStretch(old: readonly Old[], before: string, text: string): Stretch | undefined {
  if (isJson(old, text) || text.includes('\0') || text.startsWith('\ufeff')) return undefined;
  const from = commonStart(before, text);
  let first = 0;
  let start = 0;
  while (first < old.length && start + old[first]!.text.length <= from) start += old[first++]!.text.length;
  if (first === old.length && start === text.length) return { first, end: first, text: '' };
  const to = text.length - commonEnd(before, text);
  let end = old.length;
  let stop = text.length;
  while (end > first && stop - old[end - 1]!.text.length >= Math.max(start, to)) stop -= old[--end]!.text.length;
  while (!beginsWhole(old, first, text, start)) start -= old[--first]!.text.length;
  while (!endsWhole(old, end, text, start, stop)) stop += old[end++]!.text.length;
  return { first, end, text: text.slice(start, stop) };
}

/** Characters compared at once: what differs is looked for in the piece that does. */
const PIECE = 65_536;

/** How many characters two texts share from their beginnings. */
function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  for (let size = PIECE; size >= 1; size = size > 1 ? Math.ceil(size / 16) : 0)
    while (at < most && a.slice(at, Math.min(at + size, most)) === b.slice(at, Math.min(at + size, most)))
      at = Math.min(at + size, most);
  return at;
}

/** How many characters two texts share before their ends. */
function commonEnd(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  for (let size = PIECE; size >= 1; size = size > 1 ? Math.ceil(size / 16) : 0)
    while (shared < most && endPiece(a, shared, size) === endPiece(b, shared, size) && shared + size <= most)
      shared += size;
  return shared;
}

function endPiece(text: string, shared: number, size: number): string {
  return text.slice(Math.max(0, text.length - shared - size), text.length - shared);
}

/** Such files are streams of values, without separators. */
function isJson(old: readonly Old[], text: string): boolean {
  return /^\s*\{/.test(text) || /^\s*\{/.test(old[0]?.text ?? '') || old.some(({ format }) => format === 'json');
}

/** Whether what stands before `start` is a document that ends there, whatever follows. */
function beginsWhole(old: readonly Old[], first: number, text: string, start: number): boolean {
  if (first === 0) return true;
  const before = old[first - 1]!;
  if (before.type !== 'document' || !before.text.endsWith('\n')) return false;
  return text.startsWith('---', start) || /^\.\.\.(?:[ \t\r\n]|$)/.test(text.slice(start, start + 4));
}

/** Whether a document that stayed begins at `stop`, behind the line of a separator that the stretch holds. */
function endsWhole(old: readonly Old[], end: number, text: string, start: number, stop: number): boolean {
  if (end === old.length) return true;
  if (old[end]!.type !== 'document' || stop - start < 4 || text[stop - 1] !== '\n') return false;
  const line = text.lastIndexOf('\n', stop - 2) + 1;
  return line >= start && text.startsWith('---', line);
}
