/**
 * Cutting a file of YAML into documents exactly where kubectl cuts: at lines that begin with `---`, before any YAML is
 * read. Source: staging/src/k8s.io/apimachinery/pkg/util/yaml/decoder.go (YAMLReader), 1.36.
 */
export interface Chunk {
  /** A separator line is passed over, a body may hold a document, a remainder stands after a `...` line. */
  readonly type: 'separator' | 'body' | 'remainder';
  readonly start: number;
  readonly end: number;
  /** For a separator: where text other than a comment follows the dashes, which kubectl refuses. */
  readonly junk?: number;
}

/** The chunks of `text` from `start` to `stop`; they touch and cover everything. Linear in the length of the text. */
export function splitDocuments(text: string, start: number, stop: number): Chunk[] {
  const chunks: Chunk[] = [];
  const endMarks = documentEndMarks(text, start);
  let bodyStart = start;
  let mark = 0;
  const closeBody = (end: number): void => {
    while (mark < endMarks.length && endMarks[mark]! < bodyStart) mark++;
    const cut = Math.min(endMarks[mark] ?? end, end);
    if (cut > bodyStart) chunks.push({ type: 'body', start: bodyStart, end: cut });
    if (end > cut) chunks.push({ type: 'remainder', start: cut, end });
  };
  for (let at = nextLineStartingWith(text, '---', start); at !== -1 && at < stop;) {
    const end = lineEnd(text, at);
    closeBody(at);
    chunks.push({ type: 'separator', start: at, end, ...junkAfter(text, at + 3, end) });
    bodyStart = end;
    at = nextLineStartingWith(text, '---', end);
  }
  closeBody(stop);
  return chunks;
}

/** Offsets of the `...` lines. go-yaml reads one document of a chunk: what follows such a line is not looked at. */
function documentEndMarks(text: string, start: number): number[] {
  const marks: number[] = [];
  for (let at = nextLineStartingWith(text, '...', start); at !== -1;) {
    if (at + 3 >= text.length || ' \t\r\n'.includes(text[at + 3]!)) marks.push(at);
    at = nextLineStartingWith(text, '...', at + 3);
  }
  return marks;
}

/** Offset of the next line, at or after `from`, that begins with `marker`; -1 where there is none. */
function nextLineStartingWith(text: string, marker: string, from: number): number {
  if ((from === 0 || text[from - 1] === '\n') && text.startsWith(marker, from)) return from;
  const at = text.indexOf(`\n${marker}`, Math.max(0, from - 1));
  return at === -1 ? -1 : at + 1;
}

/** Offset just after the line break that ends the line at `at`, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline + 1;
}

function junkAfter(text: string, from: number, end: number): { junk?: number } {
  let at = from;
  while (at < end && /\s/.test(text[at]!)) at++;
  return at < end && text[at] !== '#' ? { junk: at } : {};
}

/** Whether a stretch of text holds only blank lines and comments. */
export function isBlank(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 0x23 /* # */) at = lineEnd(text, at);
    else if (code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) at++;
    else return false;
  }
  return true;
}
