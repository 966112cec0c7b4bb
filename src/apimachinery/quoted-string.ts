const SHORT_ESCAPES = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
  ['"', '\\"'],
]);

/**
 * A string in the quotes that the API server puts around a refused value: Go's `%q`. Printable characters of every
 * script stand as they are; the space is the only white space that counts as printable.
 */
export function quoteString(text: string): string {
  let quoted = '"';
  for (const character of text) quoted += SHORT_ESCAPES.get(character) ?? escapeUnlessPrintable(character);
  return `${quoted}"`;
}

function escapeUnlessPrintable(character: string): string {
  if (character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character)) return character;
  const code = character.codePointAt(0)!;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  if (code >= 0xd800 && code < 0xe000) return '\ufffd';
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
