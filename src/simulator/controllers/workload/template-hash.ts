import type { JsonValue } from '../../../base/json.ts';
import table from './data/pod-template-1.36.json' with { type: 'json' };
import type { GoTypes } from './go-dump.ts';
import { goDump, goTypesOf } from './go-dump.ts';

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The hash that names what a Pod template makes: `pod-template-hash`. `types` are the structs of the release.
 * Source: pkg/controller/controller_utils.go `ComputeHash` and apimachinery/pkg/util/rand `SafeEncodeString`, 1.36.
 */
export function templateHash(
  template: JsonValue | undefined,
  collisionCount: number | undefined,
  types: GoTypes = TYPES,
): string {
  const bytes = [...utf8.encode(goDump(types, 'v1.PodTemplateSpec', template))];
  if (collisionCount !== undefined)
    for (let index = 0; index < 8; index++) bytes.push(index < 4 ? (collisionCount >>> (8 * index)) & 0xff : 0);
  return safeEncode(String(fnv32a(bytes)));
}

const TYPES = goTypesOf(table);
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
