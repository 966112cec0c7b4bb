/** The words of a command line as a shell gives them: quotes and backslashes, no expansion. Undefined: a quote stays open. */
export function shellWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]!;
    if (quote === "'") {
      if (sign === quote) quote = undefined;
      else word += sign;
    } else if (sign === '\\' && (quote === undefined || /["\\$`\n]/.test(line[at + 1] ?? ''))) {
      word = (word ?? '') + (line[++at] ?? '');
    } else if (quote === '"') {
      if (sign === quote) quote = undefined;
      else word += sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= '';
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + sign;
  }
  if (quote !== undefined) return undefined;
  return word === undefined ? words : [...words, word];
}
