/** The editor ends lines with a line feed; files keep the ends that they have. */
export function toShown(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** What was typed with the line ends of the text whose place it takes. */
export function toFile(shown: string, before: string): string {
  return before.includes('\r\n') ? shown.replaceAll('\n', '\r\n') : shown;
}

/** Where an offset of a file's text is in the text that is shown. */
export function shownOffset(text: string, offset: number): number {
  let ends = 0;
  for (let at = text.indexOf('\r\n'); at >= 0 && at < offset; at = text.indexOf('\r\n', at + 2)) ends++;
  return offset - ends;
}
