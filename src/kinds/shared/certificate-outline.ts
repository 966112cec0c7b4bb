const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const VERSION = 0xa0;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly rest: Uint8Array;
}

/**
 * What is wrong with the outline of an X.509 certificate, in Go's words; undefined for one whose parts stand where they
 * belong. Names, extensions and the key itself are not read.
 * Source: crypto/x509/parser.go `parseCertificate` and x509.go `ParseCertificate` of Go 1.26.
 */
export function certificateProblem(der: Uint8Array): string | undefined {
  const whole = elementOf(der, SEQUENCE);
  if (whole === undefined) return 'x509: malformed certificate';
  const problem = partsProblem(whole.content);
  return problem ?? (whole.rest.length > 0 ? 'x509: trailing data' : undefined);
}

function partsProblem(certificate: Uint8Array): string | undefined {
  const body = elementOf(certificate, SEQUENCE);
  if (body === undefined) return 'x509: malformed tbs certificate';
  const versioned = versionOf(body.content);
  if (typeof versioned === 'string') return versioned;
  const serial = elementOf(versioned, INTEGER);
  if (serial === undefined || !isInteger(serial.content)) return 'x509: malformed serial number';
  if ((serial.content[0] ?? 0) >= 0x80) return 'x509: negative serial number';
  const inner = elementOf(serial.rest, SEQUENCE);
  if (inner === undefined) return 'x509: malformed signature algorithm identifier';
  const outer = elementOf(body.rest, SEQUENCE);
  if (outer === undefined) return 'x509: malformed algorithm identifier';
  if (outer.content.join() !== inner.content.join())
    return "x509: inner and outer signature algorithm identifiers don't match";
  return ownerProblem(inner.rest) ?? signatureProblem(outer.rest);
}

/** What follows the version; the words where it is no version. */
function versionOf(body: Uint8Array): Uint8Array | string {
  if (body[0] !== VERSION) return body;
  const holder = elementOf(body, VERSION);
  const version = holder && elementOf(holder.content, INTEGER);
  if (holder === undefined || version?.rest.length !== 0) return 'x509: malformed version';
  if (!isInteger(version.content) || (version.content[0] ?? 0) >= 0x80) return 'x509: malformed version';
  return version.content.length > 1 || (version.content[0] ?? 0) > 2 ? 'x509: invalid version' : holder.rest;
}

/** Issuer, validity, subject and key. */
function ownerProblem(from: Uint8Array): string | undefined {
  const issuer = elementOf(from, SEQUENCE);
  if (issuer === undefined) return 'x509: malformed issuer';
  const validity = elementOf(issuer.rest, SEQUENCE);
  if (validity === undefined) return 'x509: malformed validity';
  const before = elementOf(validity.content, UTC_TIME, GENERALIZED_TIME);
  if (before === undefined || elementOf(before.rest, UTC_TIME, GENERALIZED_TIME) === undefined)
    return 'x509: unsupported time format';
  const subject = elementOf(validity.rest, SEQUENCE);
  if (subject === undefined) return 'x509: malformed issuer';
  const key = elementOf(subject.rest, SEQUENCE);
  if (key === undefined) return 'x509: malformed spki';
  const algorithm = elementOf(key.content, SEQUENCE);
  if (algorithm === undefined) return 'x509: malformed public key algorithm identifier';
  return elementOf(algorithm.rest, BIT_STRING) === undefined ? 'x509: malformed subjectPublicKey' : undefined;
}

function signatureProblem(from: Uint8Array): string | undefined {
  return elementOf(from, BIT_STRING) === undefined ? 'x509: malformed signature' : undefined;
}

/** DER writes an integer in as few bytes as there can be. */
function isInteger(content: Uint8Array): boolean {
  const [first, second] = content;
  if (first === undefined) return false;
  return second === undefined || !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
}

/** The first element, where it has one of the tags. Source: golang.org/x/crypto/cryptobyte/asn1.go `readASN1`. */
function elementOf(bytes: Uint8Array, ...tags: readonly number[]): Element | undefined {
  const [tag, short] = bytes;
  if (tag === undefined || short === undefined || !tags.includes(tag)) return undefined;
  if (short < 0x80) return cut(bytes, tag, 2, short);
  const count = short & 0x7f;
  if (count === 0 || count > 4 || bytes.length < 2 + count) return undefined;
  const length = bytes.slice(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0);
  const isShortest = length >= 0x80 && Math.ceil(Math.log2(length + 1) / 8) === count;
  return isShortest ? cut(bytes, tag, 2 + count, length) : undefined;
}

function cut(bytes: Uint8Array, tag: number, start: number, length: number): Element | undefined {
  if (bytes.length < start + length) return undefined;
  return { tag, content: bytes.subarray(start, start + length), rest: bytes.subarray(start + length) };
}
