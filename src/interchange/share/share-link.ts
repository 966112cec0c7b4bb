import { Inflate, deflateSync } from 'fflate';
import type { ConvertedFile } from '../note.ts';
import { base64urlOf, fromBase64url } from './base64url.ts';
import { DICTIONARY_V1 } from './dictionary.ts';
import { decrypted, encrypted } from './password.ts';

/** Beginnings of a fragment: a design, and one behind a password. The number is the version of the format. */
const PLAIN = 'd1.';
const LOCKED = 'e1.';

/** Longer fragments are no link of ours. Signs. */
const MOST_SIGNS = 2_000_000;
/** What a link may unpack to. Bytes. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_FILES = 2000;
/** Compressed bytes that are unpacked at a time: how much that grows to is looked at in between. */
const SLICE = 4096;

const dictionary = new TextEncoder().encode(DICTIONARY_V1);

/**
 * Files as the fragment of an address, which no browser sends anywhere: compressed, and encrypted where there is a password.
 * What is shared is for the caller to choose; `shareableFiles` takes Secrets out.
 */
export async function shareFragment(files: readonly ConvertedFile[], password?: string): Promise<string> {
  const text = JSON.stringify(files.map(({ path, content }) => [path, content]));
  const packed = deflateSync(new TextEncoder().encode(text), { level: 9, mem: 12, dictionary });
  if (password === undefined || password === '') return `${PLAIN}${base64urlOf(packed)}`;
  return `${LOCKED}${base64urlOf(await encrypted(packed, password))}`;
}

/** Whether a fragment (with or without its `#`) says that it holds a design, and whether behind a password. */
export function kindOfFragment(fragment: string): 'plain' | 'locked' | 'newer' | undefined {
  const text = fragment.replace(/^#/, '');
  if (text.startsWith(PLAIN)) return 'plain';
  if (text.startsWith(LOCKED)) return 'locked';
  return /^[de]\d+\./.test(text) ? 'newer' : undefined;
}

export type SharedDesign =
  | { readonly ok: true; readonly files: readonly ConvertedFile[] }
  /** `password`: none, or the wrong one (or a link that was changed: the two cannot be told apart). */
  | { readonly ok: false; readonly reason: 'none' | 'newer' | 'damaged' | 'tooLarge' | 'password' };

/** The files of a fragment. Whatever it holds, it is only read: nothing of it runs, and its size is bounded. */
export async function readFragment(fragment: string, password?: string): Promise<SharedDesign> {
  const kind = kindOfFragment(fragment);
  if (kind === undefined) return { ok: false, reason: 'none' };
  if (kind === 'newer') return { ok: false, reason: 'newer' };
  const text = fragment.replace(/^#/, '').slice(PLAIN.length);
  if (text.length > MOST_SIGNS) return { ok: false, reason: 'tooLarge' };
  const bytes = fromBase64url(text);
  if (!bytes) return { ok: false, reason: 'damaged' };
  if (kind === 'plain') return unpacked(bytes);
  const opened = password === undefined || password === '' ? undefined : await decrypted(bytes, password);
  return opened ? unpacked(opened) : { ok: false, reason: 'password' };
}

function unpacked(bytes: Uint8Array): SharedDesign {
  const parts: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  const inflate = new Inflate({ dictionary }, (part, final) => {
    parts.push(part.slice());
    size += part.length;
    isWhole = final;
  });
  try {
    for (let at = 0; at < bytes.length; at += SLICE) {
      inflate.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
      if (size > MOST_BYTES) return { ok: false, reason: 'tooLarge' };
    }
    const files = isWhole ? filesOf(JSON.parse(textOf(parts, size))) : undefined;
    return files ? { ok: true, files } : { ok: false, reason: 'damaged' };
  } catch {
    return { ok: false, reason: 'damaged' };
  }
}

function textOf(parts: readonly Uint8Array[], size: number): string {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(whole);
}

function filesOf(value: unknown): readonly ConvertedFile[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_FILES) return undefined;
  const files = (value as readonly unknown[]).flatMap((entry): ConvertedFile[] => {
    if (!Array.isArray(entry) || entry.length !== 2) return [];
    const [path, content] = entry as readonly unknown[];
    return typeof path === 'string' && typeof content === 'string' ? [{ path, content }] : [];
  });
  return files.length === value.length ? files : undefined;
}
