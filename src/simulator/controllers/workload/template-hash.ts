import type { JsonValue } from '../../../base/json.ts';

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The hash that names what a Pod template makes. The algorithm is Kubernetes' own; the text that is hashed is the template
 * as canonical JSON, where upstream prints its Go structs, so the letters differ from those of a real cluster.
 * Source: pkg/controller/controller_utils.go `ComputeHash` and apimachinery/pkg/util/rand `SafeEncodeString`, 1.36.
 */
export function templateHash(template: JsonValue | undefined, collisionCount: number | undefined): string {
  const bytes = [...utf8.encode(canonicalJson(template ?? null))];
  if (collisionCount !== undefined)
    for (let index = 0; index < 8; index++) bytes.push(index < 4 ? (collisionCount >>> (8 * index)) & 0xff : 0);
  return safeEncode(String(fnv32a(bytes)));
}

const utf8 = new TextEncoder();

/** FNV-1a of 32 bits, as an unsigned integer. Source: Go hash/fnv `New32a`. */
export function fnv32a(bytes: Iterable<number>): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** FNV-1 of 32 bits, which multiplies before it adds a byte. Source: Go hash/fnv `New32`. */
export function fnv32(bytes: Iterable<number>): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash, 0x01000193) ^ byte;
  return hash >>> 0;
}

/** Letters and digits that spell nothing. */
export function safeEncode(text: string): string {
  return [...text].map((letter) => ALPHABET[letter.charCodeAt(0) % ALPHABET.length]).join('');
}

/** JSON with sorted keys. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    if (typeof entry === 'bigint') return String(entry);
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
    return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}
