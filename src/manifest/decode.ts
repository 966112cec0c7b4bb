/** Bytes to text, as kubectl accepts them: UTF-8, with or without a byte order mark. */
export type Decoded =
  | { readonly ok: true; readonly text: string; readonly bom: boolean }
  /** `offset` is the byte (or code unit, when the content was a string) that is not text. */
  | { readonly ok: false; readonly reason: 'nul' | 'utf16' | 'utf8'; readonly offset: number };

const BOM = 0xfeff;

export function decodeText(content: Uint8Array | string): Decoded {
  const text = typeof content === 'string' ? content : decodeBytes(content);
  if (typeof text !== 'string') return text;
  const nul = text.indexOf('\0');
  if (nul !== -1) return { ok: false, reason: 'nul', offset: nul };
  const bom = text.charCodeAt(0) === BOM;
  return { ok: true, text: bom ? text.slice(1) : text, bom };
}

function decodeBytes(bytes: Uint8Array): string | Decoded {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { ok: false, reason: 'utf16', offset: 0 };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const nul = bytes.indexOf(0);
    return nul === -1
      ? { ok: false, reason: 'utf8', offset: firstInvalid(bytes) }
      : { ok: false, reason: 'nul', offset: nul };
  }
}

/** Offset of the first byte that is not UTF-8: the longest prefix that decodes, by halving. */
function firstInvalid(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (good < bad) {
    const middle = (good + bad + 1) >> 1;
    if (decodesAsPrefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle - 1;
  }
  return good;
}

function decodesAsPrefix(bytes: Uint8Array): boolean {
  try {
    // `stream` forgives a character cut off at the end.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
