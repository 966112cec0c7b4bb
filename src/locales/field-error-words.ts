/** An error of a field as the API server words it, taken apart. */
export interface FieldErrorWords {
  /** `Invalid value`. */
  readonly head: string;
  /** As the server shows it; '' where it shows none. */
  readonly value: string;
  readonly detail: string;
}

const WITH_VALUE = ['Not found', 'Duplicate value', 'Invalid value', 'Unsupported value', 'Too many', 'Too few'];
const WITHOUT_VALUE = ['Required value', 'Forbidden', 'Too long', 'Too short', 'Internal error'];

/**
 * Takes `Invalid value: "a: b": must be…` apart; undefined for any other sentence.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go `ErrorBody`, 1.36.
 */
export function splitFieldError(words: string): FieldErrorWords | undefined {
  const head = [...WITH_VALUE, ...WITHOUT_VALUE].find((start) => words === start || words.startsWith(`${start}: `));
  if (head === undefined) return undefined;
  const rest = words.slice(head.length + 2);
  if (WITHOUT_VALUE.includes(head)) return { head, value: '', detail: rest };
  const end = valueEnd(rest);
  const tail = rest.slice(end);
  if (tail !== '' && !tail.startsWith(': ')) return { head, value: '', detail: rest };
  return { head, value: rest.slice(0, end), detail: tail.slice(2) };
}

/** Where a shown value ends: a quoted text, JSON, or a plain word up to the colon. */
function valueEnd(text: string): number {
  if (text.startsWith('"')) return quotedEnd(text, 0);
  if (!text.startsWith('{') && !text.startsWith('[')) return text.indexOf(': ') < 0 ? text.length : text.indexOf(': ');
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = quotedEnd(text, at) - 1;
    else if (sign === '{' || sign === '[') depth++;
    else if ((sign === '}' || sign === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}

function quotedEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
