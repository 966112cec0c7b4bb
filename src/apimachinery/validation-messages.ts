import { byteLength } from './utf8.ts';

/**
 * The wordings that the API server's format checks share.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go and pkg/api/validate/content/errors.go, 1.36.
 *
 * A check answers with its messages; an empty list means that the value is well formed.
 */
export type Messages = readonly string[];

export const WELL_FORMED: Messages = Object.freeze([]);

export const MUST_BE_NON_EMPTY = 'must be non-empty';

/** `unit` is the word that the server uses: labels speak of bytes, names of characters; both count bytes. */
export function tooLong(value: string, limit: number, unit: 'bytes' | 'characters'): Messages {
  if (value.length * 3 <= limit || byteLength(value) <= limit) return WELL_FORMED;
  return [`must be no more than ${limit} ${unit}`];
}

export function regexMessage(message: string, regex: string, ...examples: readonly string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${regex}')`;
  return `${message} (e.g. ${examples.map((example) => `'${example}', `).join(' or ')}regex used for validation is '${regex}')`;
}

export function inclusiveRangeMessage(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`;
}
