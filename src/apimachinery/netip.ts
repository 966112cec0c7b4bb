import { quoteString } from './quoted-string.ts';

/**
 * Addresses as Go's net/netip reads them, which is stricter than the readers of `ip.ts`, in its words for what is no
 * address. Source: net/netip `ParseAddr`, `ParsePrefix` of Go 1.26.
 */
export interface NetAddress {
  /** An IPv4 address written inside an IPv6 one is of family 6. */
  readonly family: 4 | 6;
  readonly value: bigint;
  readonly zone: string;
}

export interface NetPrefix {
  /** As written, bits beyond the prefix included. */
  readonly address: NetAddress;
  /** In bits. */
  readonly length: number;
}

class AddressProblem extends Error {}

/** The address, or why the text is none. */
export function parseNetAddress(text: string): NetAddress | string {
  const first = /[.:%]/.exec(text)?.[0];
  try {
    if (first === '.') return { family: 4, value: ipv4(text, text), zone: '' };
    if (first === ':') return ipv6(text);
    return refusal(text, first === '%' ? 'missing IPv6 address' : 'unable to parse IP').message;
  } catch (problem) {
    if (problem instanceof AddressProblem) return problem.message;
    throw problem;
  }
}

function refusal(text: string, words: string, at = ''): AddressProblem {
  const place = at === '' ? '' : ` (at ${quoteString(at)})`;
  return new AddressProblem(`ParseAddr(${quoteString(text)}): ${words}${place}`);
}

/** `part` stands at the end of `text`. */
function ipv4(text: string, part: string): bigint {
  const fields: number[] = [];
  let digits = '';
  for (let at = 0; at < part.length; at++) {
    const sign = part[at] ?? '';
    if (sign >= '0' && sign <= '9') {
      if (digits === '0') throw refusal(text, 'IPv4 field has octet with leading zero');
      digits += sign;
      if (Number(digits) > 255) throw refusal(text, 'IPv4 field has value >255');
      continue;
    }
    if (sign !== '.') throw refusal(text, 'unexpected character', part.slice(at));
    if (digits === '' || at === part.length - 1)
      throw refusal(text, 'IPv4 field must have at least one digit', part.slice(at));
    if (fields.length === 3) throw refusal(text, 'IPv4 address too long');
    fields.push(Number(digits));
    digits = '';
  }
  if (fields.length < 3) throw refusal(text, 'IPv4 address too short');
  return [...fields, Number(digits)].reduce((sum, field) => sum * 256n + BigInt(field), 0n);
}

function ipv6(text: string): NetAddress {
  const sign = text.indexOf('%');
  const zone = sign < 0 ? '' : text.slice(sign + 1);
  if (sign >= 0 && zone === '') throw refusal(text, 'zone must be a non-empty string');
  const body = sign < 0 ? text : text.slice(0, sign);
  if (body === '::') return { family: 6, value: 0n, zone };
  const bytes = bytesOf(text, body, sign < 0 ? text : text.slice(0, sign));
  return { family: 6, value: bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n), zone };
}

function bytesOf(text: string, body: string, unzoned: string): readonly number[] {
  const bytes: number[] = [];
  let ellipsis = body.startsWith('::') ? 0 : -1;
  let left = ellipsis === 0 ? body.slice(2) : body;
  while (bytes.length < 16) {
    const digits = hexDigits(text, left);
    if (left[digits.length] === '.') {
      if (ellipsis < 0 && bytes.length !== 12)
        throw refusal(text, 'embedded IPv4 address must replace the final 2 fields of the address', left);
      if (bytes.length > 12)
        throw refusal(text, 'too many hex fields to fit an embedded IPv4 at the end of the address', left);
      const value = ipv4(text, unzoned.slice(unzoned.length - left.length));
      bytes.push(...[24n, 16n, 8n, 0n].map((shift) => Number((value >> shift) & 255n)));
      left = '';
      break;
    }
    const group = Number.parseInt(digits, 16);
    bytes.push(group >> 8, group & 255);
    left = left.slice(digits.length);
    if (left === '') break;
    if (!left.startsWith(':')) throw refusal(text, 'unexpected character, want colon', left);
    if (left === ':') throw refusal(text, 'colon must be followed by more characters', left);
    left = left.slice(1);
    if (!left.startsWith(':')) continue;
    if (ellipsis >= 0) throw refusal(text, 'multiple :: in address', left);
    ellipsis = bytes.length;
    left = left.slice(1);
    if (left === '') break;
  }
  if (left !== '') throw refusal(text, 'trailing garbage after address', left);
  if (bytes.length === 16 && ellipsis >= 0) throw refusal(text, 'the :: must expand to at least one field of zeros');
  if (bytes.length < 16 && ellipsis < 0) throw refusal(text, 'address string too short');
  return [...bytes.slice(0, ellipsis), ...Array<number>(16 - bytes.length).fill(0), ...bytes.slice(ellipsis)];
}

function hexDigits(text: string, left: string): string {
  const digits = /^[0-9a-fA-F]*/.exec(left)?.[0] ?? '';
  if (digits.length > 4) throw refusal(text, 'each group must have 4 or less digits', left);
  if (digits === '') throw refusal(text, 'each colon-separated field must have at least one digit', left);
  return digits;
}

/** The address and the length of its prefix, or why the text is none. */
export function parseNetPrefix(text: string): NetPrefix | string {
  const refuse = (words: string): string => `netip.ParsePrefix(${quoteString(text)}): ${words}`;
  const slash = text.lastIndexOf('/');
  if (slash < 0) return refuse("no '/'");
  const address = parseNetAddress(text.slice(0, slash));
  if (typeof address === 'string') return refuse(address);
  if (address.zone !== '') return refuse('IPv6 zones cannot be present in a prefix');
  const bits = text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,17})$/.test(bits)) return refuse(`bad bits after slash: ${quoteString(bits)}`);
  if (Number(bits) > (address.family === 4 ? 32 : 128)) return refuse('prefix length out of range');
  return { address, length: Number(bits) };
}

/** Whether an IPv6 address holds an IPv4 one. */
export const isMappedIpv4 = ({ family, value }: NetAddress): boolean => family === 6 && value >> 32n === 0xffffn;
