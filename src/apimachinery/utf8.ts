/**
 * How many bytes a string takes in UTF-8. Kubernetes measures names and values in bytes (Go's `len`), JavaScript in
 * UTF-16 units; a lone surrogate counts as the three bytes of the replacement character.
 */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (isSurrogatePair(unit, text.charCodeAt(index + 1))) {
      bytes += 4;
      index++;
    } else bytes += 3;
  }
  return bytes;
}

function isSurrogatePair(high: number, low: number): boolean {
  return (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00;
}

/** As much of a text as the first bytes hold; what is cut in two is a replacement character. */
export function firstBytes(text: string, most: number): string {
  return byteLength(text) <= most ? text : new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, most));
}
