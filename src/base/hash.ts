const PRIME_A = 0x01000193;
const PRIME_B = 0x85ebca6b;

/**
 * A 64-bit hash of a text that grows, as two 32-bit lanes: the same on every machine (integer arithmetic only). It tells
 * two runs apart; it is no protection against somebody who wants two texts to look alike.
 */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

export const EMPTY_HASH: Hash64 = { high: 0x811c9dc5, low: 0x9e3779b9 };

/** The hash of what came before and `text`, by UTF-16 code unit. */
export function hashOf(text: string, before: Hash64 = EMPTY_HASH): Hash64 {
  let { high, low } = before;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, PRIME_A);
    low = Math.imul((low ^ unit) + (high >>> 15), PRIME_B);
    low ^= low >>> 13;
  }
  return { high: high | 0, low: low | 0 };
}

export function formatHash({ high, low }: Hash64): string {
  return hex(high) + hex(low);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
