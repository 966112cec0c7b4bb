/**
 * Breaks lines at blanks so that none is longer than a number of characters, where no word is. Blanks at a break go,
 * those before a line end too. Source: github.com/mitchellh/go-wordwrap 1.0.1, as kubectl 1.36 uses it.
 */
export function wrapWords(text: string, limit: number): string {
  let [out, line, word, space] = ['', 0, '', ''];
  const endWord = (): void => {
    if (word === '') return;
    out += space + word;
    line += space.length + word.length;
    [word, space] = ['', ''];
  };
  for (const letter of text) {
    if (letter === '\n') {
      if (word === '') {
        if (line + space.length <= limit) out += space;
        space = '';
      } else endWord();
      out += letter;
      line = 0;
    } else if (/\s/.test(letter) && letter !== '\u00a0') {
      endWord();
      space += letter;
    } else {
      word += letter;
      if (line + space.length + word.length > limit && word.length < limit) {
        out += '\n';
        [line, space] = [0, ''];
      }
    }
  }
  if (word === '') return line + space.length <= limit ? out + space : out;
  return out + space + word;
}
