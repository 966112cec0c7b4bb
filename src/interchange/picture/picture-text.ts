export function fit(text: string, places: number): string {
  return text.length > places ? `${text.slice(0, places - 1)}…` : text;
}

/** Markup signs as entities; signs that no XML file may hold, or that turn the reading direction, as their code. */
export function escape(text: string): string {
  return text
    .replaceAll(
      // Control characters are what is looked for.
      // oxlint-disable-next-line no-control-regex
      /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Lines of text no wider than `places` Latin signs, of which a Chinese one takes two; at most `most` of them. */
export function wrapped(text: string, places: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    // Chinese breaks after any sign, other writing between words.
    for (const piece of paragraph.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/g) ?? []) {
      if (line !== '' && placesOf(line + piece.trimEnd()) > places) {
        lines.push(line.trimEnd());
        line = piece.trimStart();
      } else line += piece;
    }
    lines.push(line.trimEnd());
  }
  const kept = lines.slice(0, most).map((line) => fit(line, places));
  return lines.length > most ? [...kept.slice(0, -1), `${kept.at(-1) ?? ''}…`] : kept;
}

function placesOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);
}
