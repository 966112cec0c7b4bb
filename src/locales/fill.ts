/** Fills `{{name}}` in a sentence, for those who speak one language and need no library: the command line. */
export function fillSentence(sentence: string, params: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  );
}
