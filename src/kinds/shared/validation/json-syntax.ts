/**
 * Why Go's encoding/json does not read a text as a map; undefined where it does. Where the text breaks off or goes wrong
 * in the middle, the place is found by looking for the longest beginning that could go on.
 */
export function jsonMapProblem(text: string): string | undefined {
  const trimmed = text.replace(/^[ \t\r\n]+/, '');
  if (trimmed === '') return 'unexpected end of JSON input';
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    return syntaxProblem(trimmed);
  }
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  return `json: cannot unmarshal ${goWord(value)} into Go value of type map[string]interface {}`;
}

function goWord(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Why Go does not read a text that is no JSON, as far as it is told without its own reader. */
export function syntaxProblem(text: string): string {
  const first = text.charAt(0);
  if (!/[{["\-0-9tfn]/.test(first)) return `invalid character ${goSign(first)} looking for beginning of value`;
  if (first === '{' && /^\{[ \t\r\n]*$/.test(text)) return 'unexpected end of JSON input';
  const key = /^\{[ \t\r\n]*([^"} \t\r\n])/.exec(text)?.[1];
  if (key !== undefined) return `invalid character ${goSign(key)} looking for beginning of object key string`;
  const after = firstAfterWhole(text);
  return after === undefined
    ? 'unexpected end of JSON input'
    : `invalid character ${goSign(after)} after top-level value`;
}

/** The first sign behind a value that is whole. */
function firstAfterWhole(text: string): string | undefined {
  for (let end = text.length - 1; end > 0; end--) {
    if (!/[}\]"0-9a-z]/.test(text.charAt(end - 1))) continue;
    try {
      JSON.parse(text.slice(0, end));
    } catch {
      continue;
    }
    return text.slice(end).trimStart().charAt(0);
  }
  return undefined;
}

function goSign(sign: string): string {
  if (sign === "'") return "'\\''";
  return sign === '"' ? "'\"'" : `'${sign}'`;
}
