import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';

/** A kept run and the step of it that somebody wants to show. */
export interface Moment {
  readonly name: string;
  /** The Script with its design, as YAML. */
  readonly script: string;
  readonly seq: number;
}

/** The part of an address behind the `#`, which no server gets to see. */
const MARK = '#moment=';
/** Longer addresses are cut off by programs that pass them on. */
export const LONG_LINK = 8000;

export function momentHash({ name, script, seq }: Moment): string {
  const packed = deflateSync(strToU8(JSON.stringify([name, seq, script])), { level: 9 });
  let bytes = '';
  for (const byte of packed) bytes += String.fromCharCode(byte);
  return MARK + btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The moment in an address; undefined for one without, and for one that was cut off on its way. */
export function readMomentHash(hash: string): Moment | undefined {
  if (!hash.startsWith(MARK)) return undefined;
  try {
    const packed = atob(hash.slice(MARK.length).replaceAll('-', '+').replaceAll('_', '/'));
    const text = strFromU8(inflateSync(Uint8Array.from(packed, (letter) => letter.charCodeAt(0))));
    const [name, seq, script] = JSON.parse(text) as readonly unknown[];
    if (typeof name !== 'string' || typeof seq !== 'number' || typeof script !== 'string') return undefined;
    return { name, seq, script };
  } catch {
    return undefined;
  }
}
