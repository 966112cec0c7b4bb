import { base64Problem } from '../../../../openapi/base64-problem.ts';

/** What a base64 text holds: readable text, or bytes that are none; how many bytes there are either way. */
export type Decoded =
  | { readonly as: 'text'; readonly text: string; readonly bytes: number }
  | { readonly as: 'binary'; readonly bytes: number }
  /** No base64: in the words of the server. */
  | { readonly as: 'broken'; readonly problem: string };

/** Signs that no text for people holds: controls but tab and line ends. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

export function decodeBase64(encoded: string): Decoded {
  const problem = base64Problem(encoded);
  if (problem !== undefined) return { as: 'broken', problem };
  const bytes = Uint8Array.from(atob(encoded.replace(/[\r\n]/g, '')), (sign) => sign.charCodeAt(0));
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!CONTROLS.test(text)) return { as: 'text', text, bytes: bytes.length };
  } catch {
    // Not UTF-8: bytes.
  }
  return { as: 'binary', bytes: bytes.length };
}

export function encodeBase64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
