/**
 * A sentence made of parts, with a space between Chinese and what is written in Latin letters or figures, and none
 * between Chinese and Chinese; lists and amounts by `Intl` come without. Other languages stay as they are.
 */
export function spaced(text: string): string {
  return text
    .replace(/(\p{Script=Han})(?=[\p{Script=Latin}\d*])/gu, '$1 ')
    .replace(/([\p{Script=Latin}\d*])(?=\p{Script=Han})/gu, '$1 ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}
