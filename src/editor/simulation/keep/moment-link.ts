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

/** A value as text that an address carries. */
export function packed(value: unknown): string {
  const bytes = deflateSync(strToU8(JSON.stringify(value)), { level: 9 });
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What was packed; undefined for what was cut off on its way. */
export function unpacked(text: string): unknown {
  try {
    const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(strFromU8(inflateSync(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)))));
  } catch {
    return undefined;
  }
}

export function momentHash({ name, script, seq }: Moment): string {
  return MARK + packed([name, seq, script]);
}

/** The moment in an address; undefined for one without, and for one that was cut off on its way. */
export function readMomentHash(hash: string): Moment | undefined {
  const found = hash.startsWith(MARK) ? unpacked(hash.slice(MARK.length)) : undefined;
  if (!Array.isArray(found)) return undefined;
  const [name, seq, script] = found as readonly unknown[];
  if (typeof name !== 'string' || typeof seq !== 'number' || typeof script !== 'string') return undefined;
  return { name, seq, script };
}
