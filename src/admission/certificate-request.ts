/** Who a certificate is asked for. */
export interface CertificateSubject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

const NOT_PEM = 'PEM block type must be CERTIFICATE REQUEST';
const TRUNCATED = 'asn1: syntax error: sequence truncated';
const LABEL = 'CERTIFICATE REQUEST';
const BLOCK = new RegExp(`-----BEGIN ${LABEL}-----\\s*([A-Za-z0-9+/=\\s]*)-----END ${LABEL}-----`);

/** Object identifiers of X.520, as DER writes them: 2.5.4.3 and 2.5.4.10. */
const COMMON_NAME = '\u0055\u0004\u0003';
const ORGANIZATION = '\u0055\u0004\u000a';

/**
 * Reads the subject of a PKCS #10 request, as `spec.request` holds it: PEM in base64. Gives the reason where it is none; of
 * a broken block only that it is broken, where Go's x509 says more.
 * Source: pkg/apis/certificates/helpers.go `ParseCSR`, 1.36.
 */
export function readCertificateRequest(request: string): CertificateSubject | { readonly error: string } {
  const block = BLOCK.exec(bytesOf(request) ?? '');
  if (block === null) return { error: NOT_PEM };
  const der = bytesOf(block[1]!.replaceAll(/\s/g, ''));
  // CertificationRequest > CertificationRequestInfo > version, subject
  const info = der === undefined ? undefined : partsOf(partsOf(der)?.[0]?.content ?? '')?.[0];
  const names = info === undefined ? undefined : partsOf(partsOf(info.content)?.[1]?.content ?? '');
  if (names === undefined) return { error: TRUNCATED };
  const attributes = names.flatMap((name) => (partsOf(name.content) ?? []).map((pair) => partsOf(pair.content) ?? []));
  const valuesOf = (id: string): readonly string[] =>
    attributes.flatMap(([type, value]) => (type?.content === id && value ? [decodeUtf8(value.content)] : []));
  return { commonName: valuesOf(COMMON_NAME).at(-1) ?? '', organizations: valuesOf(ORGANIZATION) };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 as one sign a byte; undefined where it is none. */
function bytesOf(base64: string): string | undefined {
  let [bits, count, text] = [0, 0, ''];
  for (const sign of base64.replace(/=+$/, '')) {
    const value = ALPHABET.indexOf(sign);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += String.fromCharCode((bits >> count) & 0xff);
  }
  return text;
}

interface Part {
  readonly content: string;
}

/** The elements of a DER sequence or set; undefined where a length leads beyond the end. */
function partsOf(bytes: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  let at = 0;
  while (at < bytes.length) {
    let length = bytes.charCodeAt(at + 1);
    let start = at + 2;
    if (length > 0x80) {
      const digits = length - 0x80;
      length = 0;
      for (let index = 0; index < digits; index++) length = length * 256 + bytes.charCodeAt(start++);
    }
    if (!(start + length <= bytes.length)) return undefined;
    parts.push({ content: bytes.slice(start, start + length) });
    at = start + length;
  }
  return parts;
}

function decodeUtf8(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0)));
}
