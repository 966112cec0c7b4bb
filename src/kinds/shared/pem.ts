/** One block of PEM: what stands between its first and last line. */
export interface PemBlock {
  readonly type: string;
  readonly hasHeaders: boolean;
  readonly bytes: Uint8Array;
  /** What follows the block. */
  readonly rest: string;
}

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';

/**
 * The next block of a text; undefined where there is none. Blocks that are no blocks are passed over.
 * Source: encoding/pem/pem.go `Decode` of Go 1.26.
 */
export function nextPemBlock(text: string): PemBlock | undefined {
  let from = 0;
  for (;;) {
    const end = text.indexOf(END, from);
    if (end < 0) return undefined;
    const begin = text.slice(from, end).lastIndexOf(BEGIN);
    const start = from + begin;
    const block =
      begin < 0 || (begin > 0 && text[start - 1] !== '\n') ? undefined : blockAt(text, start + BEGIN.length, end);
    if (block !== undefined) return block;
    from = end + END.length;
  }
}

/** The block whose type begins at `start` and whose last line follows the line end at `end`. */
function blockAt(text: string, start: number, end: number): PemBlock | undefined {
  const first = lineAt(text, start);
  if (!first.line.endsWith(DASHES)) return undefined;
  const type = first.line.slice(0, -DASHES.length);
  let at = first.next;
  while (at < text.length && lineAt(text, at).line.includes(':')) at = lineAt(text, at).next;
  const hasHeaders = at > first.next;
  if (at >= text.length || (hasHeaders && end < at)) return undefined;
  const last = lineAt(text, end + 1);
  if (last.line !== `-----END ${type}${DASHES}`) return undefined;
  const bytes = bytesOf(at < end ? text.slice(at, end).replace(/[ \t\r\n]/g, '') : '');
  return bytes && { type, hasHeaders, bytes, rest: text.slice(last.next) };
}

/** A line without the blanks at its end, and where the next one begins. */
function lineAt(text: string, start: number): { readonly line: string; readonly next: number } {
  const found = text.indexOf('\n', start);
  const end = found < 0 ? text.length : found;
  return { line: text.slice(start, end).replace(/[ \t\r]+$/, ''), next: found < 0 ? end : end + 1 };
}

function bytesOf(base64: string): Uint8Array | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) return undefined;
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}
