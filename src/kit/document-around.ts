import type { Text } from '@codemirror/state';

/** The YAML document that a place lies in, between the lines of separators around it. */
export function documentAround(doc: Text, at: number): { readonly text: string; readonly start: number } {
  const here = doc.lineAt(at).number;
  let first = here;
  while (first > 1 && !isSeparator(doc, first)) first--;
  let last = here;
  while (last < doc.lines && !isSeparator(doc, last + 1)) last++;
  const { from } = doc.line(first);
  return { text: doc.sliceString(from, doc.line(last).to), start: from };
}

function isSeparator(doc: Text, line: number): boolean {
  return doc.line(line).text.startsWith('---');
}
