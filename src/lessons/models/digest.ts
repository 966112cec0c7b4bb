import { sha256Hex } from '../../base/sha256.ts';

/** What content is addressed by: `sha256:` and 64 hexadecimal digits. Source: the OCI image specification, 1.1, descriptor. */
export function digestOf(content: string): string {
  return `sha256:${sha256Hex(content)}`;
}

/** Its first digits, as people read them out. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 7);
}
