import { unzipSync, zipSync } from 'fflate';

export interface EmbeddedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * A picture that carries its design: the files as a zip, in base64, in an SVG's metadata or in a text chunk of a PNG. Other
 * programs show the picture and pass over the rest.
 */
const NAMESPACE = 'https://drydock.dev/v1';
const KEYWORD = 'drydock';
/** What a picture may unpack to at most; more is no design. Bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

export function svgWithDesign(svg: string, files: readonly EmbeddedFile[]): string {
  const end = svg.lastIndexOf('</svg>');
  const metadata = `<metadata><design xmlns="${NAMESPACE}">${packed(files)}</design></metadata>`;
  return `${svg.slice(0, end)}${metadata}\n${svg.slice(end)}`;
}

/** A text chunk before the end of the picture. Throws where the bytes are no PNG. */
export function pngWithDesign(png: Uint8Array, files: readonly EmbeddedFile[]): Uint8Array {
  const end = chunksOf(png).find(({ type }) => type === 'IEND');
  if (!end) throw new Error('no PNG');
  const chunk = chunkOf('tEXt', new TextEncoder().encode(`${KEYWORD}\0${packed(files)}`));
  const whole = new Uint8Array(png.length + chunk.length);
  whole.set(png.subarray(0, end.start));
  whole.set(chunk, end.start);
  whole.set(png.subarray(end.start), end.start + chunk.length);
  return whole;
}

/** The files in a picture; undefined where there are none, or they do not read. */
export function designInPicture(content: Uint8Array): readonly EmbeddedFile[] | undefined {
  const text = isPng(content) ? textInPng(content) : textInSvg(content);
  if (text === undefined) return undefined;
  try {
    return unpacked(text);
  } catch {
    return undefined;
  }
}

function textInSvg(content: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(content);
  const start = text.indexOf(`<design xmlns="${NAMESPACE}">`);
  const end = text.indexOf('</design>', start);
  return start < 0 || end < 0 ? undefined : text.slice(text.indexOf('>', start) + 1, end).trim();
}

function textInPng(content: Uint8Array): string | undefined {
  for (const { type, data } of chunksOf(content)) {
    if (type !== 'tEXt') continue;
    const text = new TextDecoder('latin1').decode(data);
    if (text.startsWith(`${KEYWORD}\0`)) return text.slice(KEYWORD.length + 1);
  }
  return undefined;
}

function packed(files: readonly EmbeddedFile[]): string {
  const zip = zipSync(Object.fromEntries(files.map(({ path, content }) => [path, content])), { level: 9 });
  let text = '';
  for (let at = 0; at < zip.length; at += 0x8000) text += String.fromCharCode(...zip.subarray(at, at + 0x8000));
  return btoa(text);
}

function unpacked(text: string): readonly EmbeddedFile[] {
  let bytes = 0;
  const entries = unzipSync(
    Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)),
    {
      filter: ({ originalSize }) => {
        bytes += originalSize;
        if (bytes > MOST_BYTES) throw new Error('too large');
        return true;
      },
    },
  );
  return Object.entries(entries).map(([path, content]) => ({ path, content }));
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function isPng(content: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => content[at] === byte);
}

interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly data: Uint8Array;
}

/** Length, type, data and checksum follow each other. Source: PNG specification, section 5.3. */
function chunksOf(png: Uint8Array): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let start = SIGNATURE.length; start + 12 <= png.length;) {
    const length = view.getUint32(start);
    const type = String.fromCharCode(...png.subarray(start + 4, start + 8));
    chunks.push({ type, start, data: png.subarray(start + 8, Math.min(png.length, start + 8 + length)) });
    start += 12 + length;
  }
  return chunks;
}

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, checksum(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** CRC-32 as PNG counts it. Source: PNG specification, annex D. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
